import type { HttpResponse } from "../../http/types";
import { refused } from "../kit/problems";
import type { Refusals } from "../kit/refusals";
import { vendorText } from "../kit/vendor-text";
import { errorReply } from "./contract";
import { tokenRefused } from "./errors";
import { vropsWords } from "./words";

/** "The value of a request parameter is invalid": what some releases say, with 400 or 500, of an unknown object. */
const INVALID_PARAMETER = 1501;
/** The token, not the password or the privilege, is the cause. */
const TOKEN_INVALID = 1512;

export const refusals: Refusals = {
  wordsOf: wordsOf,
  explain({ doing, status, response, evidence }) {
    if (isTokenRefused(response)) return tokenRefused(doing, evidence);
    // Most of these refuse the request, with the reason in the envelope. A page has no envelope: the service is down.
    return status === 500 && wordsOf(response).length > 0 ? refused(vropsWords, doing, status, evidence) : undefined;
  },
};

/** An error answer in the vendor's own words, on one line. */
export const refusalText = (response: HttpResponse): string => vendorText(response, wordsOf(response));

export const isTokenRefused = (response: HttpResponse): boolean =>
  response.status === 401 && codeOf(response) === TOKEN_INVALID;

export const isInvalidParameter = (response: HttpResponse): boolean => codeOf(response) === INVALID_PARAMETER;

/**
 * The words of an error answer. The top message is often just "Internal Server error, cause unknown."; the cause is then in
 * `moreInformation`, or the field in `validationFailures`.
 */
function wordsOf({ data }: HttpResponse): string[] {
  const { success, data: reply } = errorReply.safeParse(data);
  if (!success) return [];
  const failures = (reply.validationFailures ?? []).map(({ violationPath, failureMessage }) =>
    [violationPath, failureMessage].filter(Boolean).join(": "),
  );
  const facts = [reply.message, ...(reply.moreInformation ?? []).map(({ value }) => value), ...failures];
  return facts.filter((fact) => typeof fact === "string" && fact !== "") as string[];
}

const codeOf = ({ data }: HttpResponse) =>
  (data as { readonly apiErrorCode?: unknown } | undefined | null)?.apiErrorCode;
