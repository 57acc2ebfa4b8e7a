import { isMarkup } from "../../core/markup";
import { printable } from "../../core/printable";
import { excerpt } from "../../http/body";
import { redirectedTo } from "../../http/redirect";
import type { HttpResponse } from "../../http/types";

/** The members that hold the words of an error answer in most APIs: problem details, OAuth2, and vendors' own. */
const USUAL = ["message", "Message", "reason", "title", "detail", "error", "error_description", "errors"] as const;

/** Longer texts quote whole requests. */
const LONGEST = 1_000;

/**
 * An error answer for people, on one line: its status, the vendor's id of the request, and the vendor's own words; the
 * beginning of the page when there are none.
 */
export function vendorText(response: HttpResponse, words: readonly string[] = wordsIn(response.data)): string {
  const { status, requestId, text } = response;
  const told = [...new Set(words.filter((word) => word !== ""))].join(" | ");
  const id = requestId === undefined ? "" : ` (request id ${requestId})`;
  // Before the cut: half a secret is not recognised.
  const safe = response.redact?.(told) ?? told;
  return printable(`${status}${redirectedTo(response)}${id} ${safe === "" ? excerpt(text) : safe}`, LONGEST);
}

/** Whether an answer is a page of a web server or proxy, which does not know what the system does. */
export const isPage = ({ text }: Pick<HttpResponse, "text">): boolean => isMarkup(text);

/** The texts in these members of an answer, at any depth: `port: must be a number`. None when it is not an object. */
export function wordsIn(data: unknown, members: readonly string[] = USUAL): string[] {
  if (typeof data !== "object" || data === null) return [];
  return members.flatMap((name) => textsOf((data as Readonly<Record<string, unknown>>)[name]));
}

function textsOf(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (Array.isArray(value)) return value.flatMap(textsOf);
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => textsOf(inner).map((text) => `${name}: ${text}`));
}
