import type { HttpResponse } from "../../http/types";
import type { ErrorReply } from "./contract";

/** What an error answer says, whatever its form: the JSON envelope, or a page of the web server. */
export interface VendorWords {
  readonly apiErrorCode?: number;
  /** For people: status, the message, and what `moreInformation` and `validationFailures` add to it. */
  readonly text: string;
}

/**
 * Reads an error answer. The top message is often just "Internal Server error, cause unknown."; the
 * cause then stands in `moreInformation`. Answers for a wrong way of logging in come as HTML.
 */
export function vendorWords(response: HttpResponse): VendorWords {
  const id = response.requestId === undefined ? "" : ` (request ${response.requestId})`;
  const reply = response.data;
  if (typeof reply !== "object" || reply === null) {
    return { text: `${response.status}${id} ${withoutTags(response.text)}`.trim() };
  }
  const { message, apiErrorCode, moreInformation, validationFailures } = reply as Partial<ErrorReply>;
  const facts = [
    message,
    ...list(moreInformation).map(({ value }) => value),
    ...list(validationFailures).map(({ violationPath, failureMessage }) =>
      [violationPath, failureMessage].filter(Boolean).join(": "),
    ),
  ].filter((fact): fact is string => typeof fact === "string" && fact !== "");
  return {
    ...(typeof apiErrorCode === "number" ? { apiErrorCode } : {}),
    text: `${response.status}${id} ${[...new Set(facts)].join(" | ")}`.trim(),
  };
}

/** "The value of a request parameter is invalid": what some releases say, with 400 or 500, of an unknown object. */
export function isInvalidParameter(response: HttpResponse): boolean {
  return vendorWords(response).apiErrorCode === 1501;
}

const list = <T>(items: readonly T[] | null | undefined): readonly T[] => (Array.isArray(items) ? items : []);

function withoutTags(html: string): string {
  return html
    .replace(/<[^>]*>/g, " ")
    .replace(/\s+/g, " ")
    .trim()
    .slice(0, 300);
}
