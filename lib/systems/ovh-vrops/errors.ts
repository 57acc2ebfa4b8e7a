import type { Problem } from "../../core/problem";
import { importCommand } from "../../core/terraform-text";
import { sentence, systemError, systemWarning, type Facts, type ObjectRef } from "../kit/words";
import type { Flow, Task } from "./contract";
import type { Endpoint } from "./endpoints";
import { flowRef, flowWords, theFlow } from "./flow.words";
import { ovhWords } from "./words";

/** What this system has to tell its users beyond the standard problems. */

const error = (code: string, facts: Facts): Problem => systemError(ovhWords, code, facts);
const warning = (code: string, facts: Facts): Problem => systemWarning(ovhWords, code, facts);

// --- Configuration --------------------------------------------------------------------------------------------------

export const unknownEndpoint = (got: string, names: readonly string[], nearest: string | undefined) =>
  error("unknown-endpoint", {
    summary: `OVHcloud has no endpoint ${JSON.stringify(got)}`,
    path: ["ovh", "endpoint"],
    got: JSON.stringify(got),
    expected: `${names.join(", ")}, or a base URL such as https://eu.api.ovh.com/1.0`,
    fix: nearest ? `Did you mean ${JSON.stringify(nearest)}?` : "Correct `ovh.endpoint`, OVH_ENDPOINT or ovh.conf.",
  });

export const endpointWithoutVersion = (got: string, suggestion: string) =>
  error("endpoint-without-version", {
    summary: "The OVHcloud endpoint does not end in the API's version",
    path: ["ovh", "endpoint"],
    got: JSON.stringify(got),
    expected: "a base URL ending in /1.0 or /v1",
    fix: `Did you mean ${JSON.stringify(suggestion)}?`,
  });

export const noServiceAccounts = (endpoint: string) =>
  error("no-service-accounts", {
    summary: `The endpoint ${endpoint} has no service accounts`,
    path: ["ovh", "client_id"],
    got: endpoint,
    expected: "ovh-eu, ovh-ca or ovh-us",
    fix: "Use application_key, application_secret and consumer_key, or correct the endpoint.",
  });

export const noTokenUrl = (endpoint: string) =>
  error("no-token-url", {
    summary: "Nothing says where the service account's token comes from",
    path: ["ovh", "token_url"],
    got: `endpoint ${endpoint}`,
    expected: "`ovh.token_url` or OVH_TOKEN_URL, because the endpoint is not one of OVHcloud's names",
    fix: "Set it, for example to https://www.ovh.com/auth/oauth2/token.",
  });

export const badRateLimit = (got: string) =>
  error("bad-rate-limit", {
    summary: "The rate limit leaves no request",
    path: ["ovh", "api_rate_limit"],
    got,
    expected: "requests per second, more than 0",
    fix: "Raise it, or leave it out.",
  });

/** The calls this provider makes; `*` stands for any service and number. */
export const ACCESS_RULES = [
  "GET /dedicatedCloud/*/vrops",
  "GET /dedicatedCloud/*/vrops/outgoingFlow",
  "GET /dedicatedCloud/*/vrops/outgoingFlow/*",
  "POST /dedicatedCloud/*/vrops/outgoingFlow",
  "POST /dedicatedCloud/*/vrops/outgoingFlow/*/changeProperties",
  "DELETE /dedicatedCloud/*/vrops/outgoingFlow/*",
  "GET /dedicatedCloud/*/task",
  "GET /dedicatedCloud/*/task/*",
] as const;

const IAM_ACTIONS = [
  "pccVMware:apiovh:vrops/get",
  "pccVMware:apiovh:vrops/outgoingFlow/get",
  "pccVMware:apiovh:vrops/outgoingFlow/create",
  "pccVMware:apiovh:vrops/outgoingFlow/changeProperties",
  "pccVMware:apiovh:vrops/outgoingFlow/delete",
  "pccVMware:apiovh:task/get",
];

export const consumerKeyHelp = (endpoint: Endpoint) =>
  `A consumer key is made ${endpoint.createTokenUrl ? `at ${endpoint.createTokenUrl}` : "by POST /auth/credential"} with the rules ${ACCESS_RULES.join(", ")}.`;

// --- Refusals of the API --------------------------------------------------------------------------------------------

/** The vendor's words; `evidence` holds its request id. */
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

export const applicationKeyRefused = ({ evidence }: Answer, endpoint: Endpoint) =>
  error("application-key-refused", {
    summary: "OVHcloud does not know the application key",
    path: ["ovh", "application_key"],
    expected: `an application of ${endpoint.name}: each region has its own`,
    fix: "Check OVH_APPLICATION_KEY and OVH_ENDPOINT; they must be of the same region.",
    evidence,
  });

export const consumerKeyRefused = ({ evidence }: Answer, endpoint: Endpoint) =>
  error("consumer-key-refused", {
    summary: "OVHcloud does not accept the consumer key: it is unknown, expired or was never validated",
    path: ["ovh", "consumer_key"],
    fix: consumerKeyHelp(endpoint),
    evidence,
  });

export const callNotGranted = ({ evidence }: Answer, method: string, url: string, endpoint: Endpoint) =>
  error("call-not-granted", {
    summary: `The consumer key does not allow ${method} ${routeOf(url)}`,
    path: ["ovh", "consumer_key"],
    expected: `the access rules ${ACCESS_RULES.join(", ")}`,
    fix: consumerKeyHelp(endpoint),
    evidence,
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
        ? "Ready-made tokens live about an hour: get a new one, or give client_id and client_secret instead, so that tokens are renewed by themselves."
        : "A token made just now was refused: check that endpoint and token_url are of the same region.",
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

export const wrongRoute = ({ evidence }: Answer, endpoint: Endpoint) =>
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

/** Removed between a look and a request. */
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

export const vropsNotEnabled = (service: string, state: string) =>
  error("vrops-not-enabled", {
    summary: `vROps of ${service} is ${state}, not enabled`,
    path: ["service_name"],
    got: state,
    expected: "enabled",
    fix:
      state === "enabling" || state === "migrating"
        ? "Wait until OVHcloud has finished, then apply again."
        : "Order the option in the OVHcloud control panel (Hosted Private Cloud, options), then apply again.",
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

export const TOO_MANY = "OVHcloud still says that there are too many requests, after several attempts";
export const SLOW_DOWN =
  "Apply again later, or set `ovh.api_rate_limit` (1, for one request a second, is known to be fine).";

// --- Flows ----------------------------------------------------------------------------------------------------------

const taskText = (task: Task) =>
  [
    `task ${task.taskId}`,
    task.name,
    task.state,
    typeof task.progress !== "number" ? undefined : `${task.progress} %`,
    task.description,
  ]
    .filter((part) => part)
    .join(", ");

export const taskFailed = (doing: string, task: Task) =>
  error(task.state === "canceled" ? "task-canceled" : "task-failed", {
    summary: `OVHcloud ${task.state === "canceled" ? "canceled" : "failed"} the task to ${doing}`,
    got: task.state,
    expected: "done",
    fix: "Apply again; if it fails once more, ask OVHcloud's support, naming the task.",
    evidence: taskText(task),
  });

export const flowInError = (service: string, flow: Flow) =>
  error("flow-in-error", {
    summary: `OVHcloud says that ${theFlow(flowRef(service, flow))} is in error`,
    path: ["state"],
    got: "error",
    expected: "delivered",
    fix: "Apply again: the flow is replaced. If that fails too, ask OVHcloud's support, naming the flow.",
  });

export const flowWillBeReplaced = (service: string, flow: Flow) =>
  warning("flow-in-error", {
    summary: `${sentence(theFlow(flowRef(service, flow)))} is in error and lets nothing through`,
    path: ["state"],
    got: "error",
    expected: "delivered",
    fix: "Apply: it will be replaced.",
  });

export const flowIsClosing = (service: string, flow: Flow) =>
  warning("flow-is-closing", {
    summary: `${sentence(theFlow(flowRef(service, flow)))} is being closed: a destroy that was cut short, or somebody else, has asked for it`,
    path: ["state"],
    got: flow.state,
    expected: "delivered",
    fix: "Apply, if it is to be open: that waits until it is gone and opens it anew. A destroy waits until it is gone. Until then it stays in Terraform's state, for OVHcloud may give its closing up.",
  });

/** Somebody else opened an equal flow at the same moment; each of the two has one. */
export const openedTwice = (service: string, ours: Flow, others: readonly Flow[]) =>
  warning("flow-opened-twice", {
    summary: `Somebody else opened an equal flow at the same moment as ${theFlow(flowRef(service, ours))}`,
    path: ["ip"],
    got: others.map((other) => flowRef(service, other).id).join(", "),
    expected: "one flow for each address and port",
    fix: `OVHcloud does not say who opened which; they are told apart by the order of the tasks. If another Terraform state declares the same flow, keep the declaration in one of the two; destroying the other closes only its own flow.`,
  });

/** Several that are equal appeared at once, and nothing tells which is ours. */
export const whoseFlow = (service: string, ref: ObjectRef, flows: readonly Flow[]) => {
  const ids = flows.map((flow) => flowRef(service, flow).id);
  return error("flow-opened-twice", {
    summary: `${ids.length} flows appeared at once where ${theFlow(ref)} was opened, and nothing says which is ours`,
    path: ["ip"],
    got: ids.join(", "),
    expected: "one",
    fix: `Somebody else opened the same flow at this moment. Take over one that no other Terraform state has: ${importCommand(flowWords.type, ids[0]!)}. Applying again takes over the first.`,
  });
};

export const replyLost = (doing: string, evidence: string) =>
  error("reply-lost", {
    summary: `Nobody knows whether OVHcloud began to ${doing}: its answer was lost, and the flow has not appeared`,
    fix: "Apply again in a few minutes: if the flow was opened after all, it is taken over instead of doubled.",
    evidence,
  });

function routeOf(url: string): string {
  return url.replace(/^https?:\/\/[^/]+(?:\/(?:1\.0|v\d+))?/, "").replace(/\?.*$/, "");
}
