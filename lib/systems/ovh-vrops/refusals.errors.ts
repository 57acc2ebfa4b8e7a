import type { Problem } from "../../core/problem";
import { prose, setting } from "../../core/prose";
import { systemError, systemWarning, type Facts } from "../kit/words";
import { ACCESS_RULES, consumerKeyHelp, IAM_ACTIONS } from "./access-rules";
import type { ApiEndpoint } from "./endpoints";
import { ovhWords } from "./words";

/** The problems of the API's refusals, besides the standard ones. */

const error = (code: string, facts: Facts): Problem => systemError(ovhWords, code, facts);
const warning = (code: string, facts: Facts): Problem => systemWarning(ovhWords, code, facts);

/** The vendor's words; `evidence` contains its request id. */
export interface Answer {
  readonly evidence: string;
}

export const signatureRefused = ({ evidence }: Answer) =>
  error("signature-refused", {
    summary: "OVHcloud refuses the request's signature",
    path: ["ovh"],
    expected: "application secret and consumer key that belong to the application key",
    fix: "Check OVH_APPLICATION_SECRET and OVH_CONSUMER_KEY (or the attributes of `ovh`): one of them is of another application or mistyped. This machine's clock is not the reason: the server's is used.",
    evidence,
  });

export const clockRefused = ({ evidence }: Answer) =>
  error("clock-refused", {
    summary: "OVHcloud says that the request came too late or too early, though the server's own clock was used",
    fix: "Try again. If it stays, look for a proxy that delays or repeats requests, and at this machine's clock.",
    evidence,
  });

export const applicationKeyRefused = ({ evidence }: Answer, endpoint: ApiEndpoint) =>
  error("application-key-refused", {
    summary: "OVHcloud does not know the application key",
    path: ["ovh", "application_key"],
    expected: `an application of ${endpoint.name}: each region has its own`,
    fix: "Check OVH_APPLICATION_KEY and OVH_ENDPOINT; they must be of the same region.",
    evidence,
  });

export const consumerKeyRefused = ({ evidence }: Answer, endpoint: ApiEndpoint) =>
  error("consumer-key-refused", {
    summary: "OVHcloud does not accept the consumer key: it is unknown, expired or was never validated",
    path: ["ovh", "consumer_key"],
    fix: consumerKeyHelp(endpoint),
    evidence,
  });

export const callNotGranted = ({ evidence }: Answer, method: string, url: string, endpoint: ApiEndpoint) =>
  error("call-not-granted", {
    summary: `The consumer key does not allow ${method} ${routeOf(url)}`,
    path: ["ovh", "consumer_key"],
    expected: `the access rules ${ACCESS_RULES.join(", ")}`,
    fix: consumerKeyHelp(endpoint),
    evidence,
  });

export const rightMissing = (call: string, keyHelp: string) =>
  warning("right-missing", {
    summary: `The consumer key does not allow ${call}: OVHcloud will refuse this when it is applied`,
    path: ["ovh", "consumer_key"],
    got: "no access rule for it",
    expected: call,
    fix: keyHelp,
  });

export const loginExpires = (date: string, days: number, keyHelp: string) =>
  warning("login-expires", {
    summary: `The consumer key expires on ${date}, ${days === 0 ? "within a day" : days === 1 ? "in one day" : `in ${days} days`}: from then on OVHcloud refuses everything`,
    path: ["ovh", "consumer_key"],
    got: date,
    fix: `Make a new one in time, with a longer validity, and put it in place of the old one. ${keyHelp}`,
  });

export const actionNotGranted = ({ evidence }: Answer, actions: readonly string[]) =>
  error("action-not-granted", {
    summary: actions.length
      ? `The account's policy does not allow ${actions.join(", ")}`
      : "The account is not allowed to do this",
    path: ["ovh"],
    expected: `an IAM policy that allows ${IAM_ACTIONS.join(", ")} on the service`,
    fix: `Add ${actions.length ? actions.join(", ") : "the missing actions"} to the policy (OVHcloud control panel, IAM), with the service pcc-… among its resources.`,
    evidence,
  });

export const tokenRefused = ({ evidence }: Answer, method: string) =>
  error("token-refused", {
    summary: "OVHcloud does not accept the token",
    path: ["ovh", method === "access-token" ? "access_token" : "client_id"],
    fix:
      method === "access-token"
        ? prose`Ready-made tokens live about an hour: get a new one, or give ${setting("ovh.client_id")} and ${setting("ovh.client_secret")} instead, so that tokens are renewed by themselves.`
        : prose`A token made just now was refused: check that ${setting("ovh.endpoint")} and ${setting("ovh.token_url")} are of the same region.`,
    evidence,
  });

export const serviceAccountRefused = (evidence: string) =>
  error("service-account-refused", {
    summary: "OVHcloud does not accept the service account",
    path: ["ovh", "client_id"],
    expected: "id and secret of a service account of this region",
    fix: "Check OVH_CLIENT_ID, OVH_CLIENT_SECRET and OVH_ENDPOINT (or the attributes of `ovh`).",
    evidence,
  });

export const wrongRoute = ({ evidence }: Answer, endpoint: ApiEndpoint) =>
  error("wrong-route", {
    summary: "The endpoint does not know the address that was called",
    path: ["ovh", "endpoint"],
    got: endpoint.baseUrl,
    expected: "an OVHcloud API that has /dedicatedCloud/{serviceName}/vrops: ovh-eu, ovh-ca or ovh-us",
    fix: "Check the endpoint; this says nothing about whether the flow exists.",
    evidence,
  });

export const serviceNotFound = ({ evidence }: Answer, service: string) =>
  error("service-not-found", {
    summary: `OVHcloud finds no Hosted Private Cloud ${service}, or no vROps in it`,
    path: ["service_name"],
    got: service,
    expected: "a service of the account that the credential belongs to, with vROps",
    fix: "Check the name, the account and the region. If the service was given up, remove its flows from the state: terraform state rm.",
    evidence,
  });

/** The flow was removed between a look and a request. */
export const noSuchFlow = ({ evidence }: Answer) =>
  error("vanished", {
    summary: "OVHcloud has no such flow",
    fix: "Run it again: the new plan sees what is there.",
    evidence,
  });

export const serviceExpired = ({ evidence }: Answer, service: string) =>
  error("service-expired", {
    summary: `The Hosted Private Cloud ${service} is expired or suspended`,
    path: ["service_name"],
    got: service,
    fix: "Renew it in the OVHcloud control panel; until then its flows cannot be read or changed.",
    evidence,
  });

export const valueRefused = ({ evidence }: Answer, attribute: string | undefined, message: string) =>
  error("value-refused", {
    summary: `OVHcloud refuses a value: ${message}`,
    ...(attribute === undefined ? {} : { path: [attribute] }),
    fix: "Correct the value.",
    evidence,
  });

/** 409. */
export const refusedNow = ({ evidence }: Answer) =>
  error("conflict", {
    summary: "OVHcloud cannot do this now: it conflicts with what is there or under way",
    fix: "Look at the service's tasks in the OVHcloud control panel; apply again when they are finished.",
    evidence,
  });

export const SLOW_DOWN =
  "Apply again later, or set `ovh.api_rate_limit` (1, for one request a second, is known to be fine).";

function routeOf(url: string): string {
  return url.replace(/^https?:\/\/[^/]+(?:\/(?:1\.0|v\d+))?/, "").split("?", 1)[0]!;
}
