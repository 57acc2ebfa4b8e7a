import { ProblemError, type Problem } from "../../core/problem";
import { HttpError } from "../../http/error";
import { requestFailed } from "../../http/errors";
import { refusal, type Refusal } from "./contract";
import type { Endpoint } from "./endpoints";
import * as say from "./errors";
import type { Credential } from "./settings";

/** What the words of a refusal are seen against. */
export interface RefusalContext {
  readonly endpoint: Endpoint;
  readonly method: Credential["method"];
  /** The service that the request was about. */
  readonly service?: string;
}

/** Which attribute of ours a field of the API's request is. */
const ATTRIBUTES: Readonly<Record<string, string>> = {
  ip: "ip",
  servicePort: "port",
  description: "description",
  serviceName: "service_name",
};

/** The body of a refusal, empty when there is none that can be read. */
export function refusalOf(error: HttpError): Refusal {
  return refusal.safeParse(error.response?.data).data ?? {};
}

/** True when the object itself does not exist, as opposed to an address that the API does not have. */
export function isGone(error: unknown): error is HttpError {
  return error instanceof HttpError && error.status === 404 && !isWrongRoute(refusalOf(error)) && isReadable(error);
}

/** True when the login was accepted, and may not do this: OVHcloud says 403 of unknown keys, too. */
export function isForbidden(error: unknown): boolean {
  if (!(error instanceof HttpError) || error.status !== 403) return false;
  return !/^(?:INVALID_|NOT_CREDENTIAL|QUERY_TIME)/.test(refusalOf(error).errorCode ?? "");
}

/** A failed request as a catalogued problem; anything else, and what was aborted, as it is. */
export function explained(error: unknown, context: RefusalContext): unknown {
  if (!(error instanceof HttpError) || error.failure === "aborted") return error;
  return new ProblemError(problemOf(error, context));
}

function problemOf(error: HttpError, { endpoint, method, service = "?" }: RefusalContext): Problem {
  const body = refusalOf(error);
  const answer = { evidence: error.message };
  const { errorCode = "", message = "" } = body;
  if (/TIME/.test(errorCode) || /out of time|timestamp/i.test(message)) return say.clockRefused(answer);
  switch (errorCode) {
    case "INVALID_SIGNATURE":
      return say.signatureRefused(answer);
    case "INVALID_KEY":
      return say.applicationKeyRefused(answer, endpoint);
    case "INVALID_CREDENTIAL":
    case "NOT_CREDENTIAL":
      return method === "signature" ? say.consumerKeyRefused(answer, endpoint) : say.tokenRefused(answer, method);
    case "NOT_GRANTED_CALL":
      return method === "signature"
        ? say.callNotGranted(answer, error.method, error.url, endpoint)
        : say.actionNotGranted(answer, []);
  }
  switch (error.status) {
    case 400:
      return /invalid signature/i.test(message) ? say.signatureRefused(answer) : invalidValue(answer, message, error);
    case 401:
      return method === "signature" ? say.consumerKeyRefused(answer, endpoint) : say.tokenRefused(answer, method);
    case 403:
      return say.actionNotGranted(answer, refusedActions(body));
    case 404:
      return isWrongRoute(body) || !isReadable(error)
        ? say.wrongRoute(answer, endpoint)
        : say.serviceNotFound(answer, service);
    case 409:
      return say.conflict(answer);
    case 429:
      return say.throttled(answer);
    case 460:
      return say.serviceExpired(answer, service);
    default:
      return requestFailed("OVHcloud API", error);
  }
}

function invalidValue(answer: say.Answer, message: string, error: HttpError): Problem {
  if (message === "") return requestFailed("OVHcloud API", error);
  const field = /^\[(\w+)\]/.exec(message)?.[1];
  return say.valueRefused(answer, field && ATTRIBUTES[field], message);
}

function refusedActions({ details = {} }: Refusal): readonly string[] {
  const listed = [details["unauthorizedActionsByIAM"], details["unauthorizedActionsByAuthentication"]]
    .filter((text): text is string => typeof text === "string")
    .flatMap((text) => text.split(","))
    .map((action) => action.trim())
    .filter((action) => action !== "");
  return [...new Set(listed)];
}

function isWrongRoute({ message = "" }: Refusal): boolean {
  return /invalid \(or empty\) url/i.test(message);
}

/** A 404 in HTML comes from a web server or proxy that is no OVHcloud API. */
function isReadable(error: HttpError): boolean {
  return error.response?.data !== undefined;
}
