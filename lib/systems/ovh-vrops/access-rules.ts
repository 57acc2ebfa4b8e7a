import type { ApiEndpoint } from "./endpoints";

/** A permission of a consumer key; `*` in the path matches anything, slashes included. */
export interface AccessRule {
  readonly method: string;
  readonly path: string;
}

/** Whether a rule allows a call of this path: `/dedicatedCloud/…`, without the API's version. */
export function allows(rule: AccessRule, method: string, path: string): boolean {
  return rule.method.toUpperCase() === method && isLike(path, rule.path.trim());
}

/** Whether a text matches a pattern in which `*` stands for anything, also in the middle. */
export function isLike(text: string, pattern: string): boolean {
  const [first = "", ...rest] = pattern.split("*");
  const last = rest.pop();
  if (last === undefined) return text === pattern;
  if (!text.startsWith(first)) return false;
  let at = first.length;
  for (const part of rest) {
    const found = text.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return text.length - last.length >= at && text.endsWith(last);
}

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
  // Whether a key may read itself without a rule for it is not documented.
  "GET /auth/currentCredential",
] as const;

export const consumerKeyHelp = (endpoint: ApiEndpoint) =>
  `A consumer key is made ${endpoint.createTokenUrl ? `at ${endpoint.createTokenUrl}` : "by POST /auth/credential"} with the rules ${ACCESS_RULES.join(", ")}.`;

/** The actions for a service account, whose rights come from a policy. */
export const IAM_ACTIONS = [
  "pccVMware:apiovh:vrops/get",
  "pccVMware:apiovh:vrops/outgoingFlow/get",
  "pccVMware:apiovh:vrops/outgoingFlow/create",
  "pccVMware:apiovh:vrops/outgoingFlow/changeProperties",
  "pccVMware:apiovh:vrops/outgoingFlow/delete",
  "pccVMware:apiovh:task/get",
] as const;
