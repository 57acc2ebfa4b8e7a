import type { HttpResponse } from "../../http/types";
import { vendorText, wordsIn } from "../kit/vendor-text";

/** Orchestrator's "the item was not found", also for settings. */
const ITEM_NOT_FOUND = 1002;

/**
 * The words of an error answer. Orchestrator returns `{message, errorCode, traceId}`, the older login an envelope with
 * `error: {code, message}`, OAuth2 `{error, error_description}`. The form of the Identity service is not documented: problem
 * details and all other forms are understood.
 */
export function toldIn(response: HttpResponse): string[] {
  const words = wordsIn(response.data);
  if (words.length === 0) return [];
  const code = errorCodeOf(response);
  const trace = member(response, "traceId") ?? member(response, "TraceId");
  return [
    ...words,
    ...(code === undefined ? [] : [`error ${code}`]),
    ...(typeof trace === "string" ? [`trace id ${trace}`] : []),
  ];
}

/** An answer for people, on one line. */
export const textOf = (response: HttpResponse): string => vendorText(response, toldIn(response));

/** Whether an object of the request is missing; false when the call itself is missing. */
export const saysNotFound = (response: HttpResponse): boolean => errorCodeOf(response) === ITEM_NOT_FOUND;

/** OAuth2's code of a refusal: `invalid_client`, `invalid_scope`. */
export function oauthErrorOf(response: HttpResponse): string | undefined {
  const error = member(response, "error");
  return typeof error === "string" ? error : undefined;
}

/** Whether the Identity service does not know the organization at this address. */
export const isInvalidPartition = (evidence: string): boolean => /invalid ?partition/i.test(evidence);

function errorCodeOf(response: HttpResponse): number | undefined {
  const code = member(response, "errorCode") ?? member(response, "ErrorCode");
  return typeof code === "number" ? code : undefined;
}

const member = ({ data }: HttpResponse, name: string): unknown =>
  typeof data === "object" && data !== null ? (data as Readonly<Record<string, unknown>>)[name] : undefined;
