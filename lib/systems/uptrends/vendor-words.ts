import type { HttpResponse } from "../../http/types";

/** What an error answer says: `{ "Messages": [{ "Message": … }] }`, or a page of the web server. */
export function vendorWords(response: HttpResponse): string {
  const id = response.requestId === undefined ? "" : ` (request ${response.requestId})`;
  const list = (response.data as { Messages?: unknown } | undefined)?.Messages;
  const words = Array.isArray(list)
    ? list.map((one: { Message?: unknown } | null) => String(one?.Message ?? "")).join(" | ")
    : response.text
        .replace(/<[^>]*>/g, " ")
        .replace(/\s+/g, " ")
        .trim()
        .slice(0, 300);
  return `${response.status}${id} ${words}`.trim();
}
