import type { Problem } from "../../core/problem";
import { rateLimited } from "../kit/problems";
import type { ExplainedRefusal, Refusals } from "../kit/refusals";
import { CallError } from "../kit/rest-api";
import { refusal, type RefusalBody } from "./contract";
import type { ApiEndpoint } from "./endpoints";
import type { Answer } from "./refusals.errors";
import {
  SLOW_DOWN,
  actionNotGranted,
  applicationKeyRefused,
  callNotGranted,
  clockRefused,
  consumerKeyRefused,
  noSuchFlow,
  refusedNow,
  serviceExpired,
  serviceNotFound,
  signatureRefused,
  tokenRefused,
  valueRefused,
  wrongRoute,
} from "./refusals.errors";
import type { Credential } from "./settings";
import { ovhWords } from "./words";

/** The context in which a refusal is interpreted. */
export interface RefusalContext {
  readonly endpoint: ApiEndpoint;
  readonly method: Credential["method"];
}

/** The attribute for each field of the API's request. */
const ATTRIBUTES: Readonly<Record<string, string>> = {
  ip: "ip",
  servicePort: "port",
  description: "description",
  serviceName: "service_name",
};

/** The particulars of OVHcloud's refusals: it has an error code for each way in which a login can be wrong. */
export const refusalsFor = (context: RefusalContext): Refusals => ({
  explain(refused) {
    const problem = problemOf(refused, context);
    return problem && { ...problem, summary: `${problem.summary}; could not ${refused.doing}` };
  },
});

/** Whether the object itself does not exist, as opposed to a route that the API does not have. */
export function isGone(error: unknown): error is CallError {
  return error instanceof CallError && error.status === 404 && !isWrongRoute(error.failed.response?.data);
}

/** Whether the login was accepted, but lacks the right: OVHcloud also answers 403 to unknown keys. */
export function isForbidden(error: CallError): boolean {
  const { errorCode = "" } = bodyOf(error.failed.response?.data);
  return error.status === 403 && !/^(?:INVALID_|NOT_CREDENTIAL|QUERY_TIME)/.test(errorCode);
}

/** Whether the signature was refused: OVHcloud also reports malformed values so. */
export const isOfSignature = (error: CallError): boolean =>
  /signature/i.test(bodyOf(error.failed.response?.data).message ?? "");

function problemOf(
  { status, response, failed, doing, evidence, pauseMs }: ExplainedRefusal,
  context: RefusalContext,
): Problem | undefined {
  const { endpoint, method } = context;
  const body = bodyOf(response.data);
  const answer = { evidence };
  const { errorCode = "", message = "" } = body;
  if (/TIME/.test(errorCode) || /out of time|timestamp/i.test(message)) return clockRefused(answer);
  switch (errorCode) {
    case "INVALID_SIGNATURE":
      return signatureRefused(answer);
    case "INVALID_KEY":
      return applicationKeyRefused(answer, endpoint);
    case "INVALID_CREDENTIAL":
    case "NOT_CREDENTIAL":
      return method === "signature" ? consumerKeyRefused(answer, endpoint) : tokenRefused(answer, method);
    case "NOT_GRANTED_CALL":
      return method === "signature"
        ? callNotGranted(answer, failed.method, failed.url, endpoint)
        : actionNotGranted(answer, []);
  }
  switch (status) {
    case 400:
      return /invalid signature/i.test(message) ? signatureRefused(answer) : invalidValue(answer, message);
    case 401:
      return method === "signature" ? consumerKeyRefused(answer, endpoint) : tokenRefused(answer, method);
    case 403:
      return actionNotGranted(answer, refusedActions(body));
    case 404:
      if (isWrongRoute(response.data)) return wrongRoute(answer, endpoint);
      return /\/outgoingFlow\/\d+/.test(failed.url)
        ? noSuchFlow(answer)
        : serviceNotFound(answer, serviceIn(failed.url));
    case 409:
      return refusedNow(answer);
    case 429:
      return {
        ...rateLimited(ovhWords, doing, evidence, { attempts: failed.attempts, pauseMs }),
        fix: SLOW_DOWN,
      };
    case 460:
      return serviceExpired(answer, serviceIn(failed.url));
    default:
      return undefined;
  }
}

function invalidValue(answer: Answer, message: string): Problem | undefined {
  if (message === "") return undefined;
  const field = /^\[(\w+)\]/.exec(message)?.[1];
  return valueRefused(answer, field && ATTRIBUTES[field], message);
}

function refusedActions({ details = {} }: RefusalBody): readonly string[] {
  const listed = [details["unauthorizedActionsByIAM"], details["unauthorizedActionsByAuthentication"]]
    .filter((text): text is string => typeof text === "string")
    .flatMap((text) => text.split(","))
    .map((action) => action.trim())
    .filter((action) => action !== "");
  return [...new Set(listed)];
}

/** Whether the API lacks the route; also a 404 in HTML, which comes from a web server or proxy that is no OVHcloud API. */
function isWrongRoute(data: unknown): boolean {
  return data === undefined || /invalid \(or empty\) url/i.test(bodyOf(data).message ?? "");
}

/** The parsed body; empty when it cannot be parsed. */
const bodyOf = (data: unknown): RefusalBody => refusal.safeParse(data).data ?? {};

const serviceIn = (url: string): string => /\/dedicatedCloud\/([^/?]+)/.exec(url)?.[1] ?? "?";
