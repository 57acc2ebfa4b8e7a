import { isMarkup } from "../core/markup";
import type { JsonDocument } from "../core/json-document";
import type { Announcement } from "./announcement";
import type { NotificationRequest } from "./send-request";

/** The JSON document that a webhook receives. */
export interface AnnouncementDocument extends JsonDocument<"outbound-announcement/1">, Announcement {}

type Webhook = Pick<NotificationRequest, "body" | "isTaken" | "expected">;

/** A request for a user's own service: JSON by POST. */
export function webhook(announcement: Announcement): Webhook {
  const body: AnnouncementDocument = { format: "outbound-announcement/1", ...announcement };
  return {
    body,
    isTaken: (response) => !isMarkup(response.text),
    expected: "a status of 200 to 299, and no page of HTML",
  };
}
