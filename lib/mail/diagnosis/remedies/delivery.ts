import type { Remedy } from "../../stage/remedy";
import { DATA } from "../../stage/stage";

/** What to do about failures of the delivery of a message. */
export const delivery = {
  effectUnknown: {
    code: "mail/effect-unknown",
    stages: [DATA],
    summary: "The connection broke after the message was sent and before the server's answer",
    fix: "Look for the message's id in the inbox or in the server's log, then test again: nobody can tell whether the server took the message.",
  },
} as const satisfies Record<string, Remedy>;
