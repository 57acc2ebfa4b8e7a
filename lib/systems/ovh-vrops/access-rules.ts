import type { Endpoint } from "./endpoints";

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

export const consumerKeyHelp = (endpoint: Endpoint) =>
  `A consumer key is made ${endpoint.createTokenUrl ? `at ${endpoint.createTokenUrl}` : "by POST /auth/credential"} with the rules ${ACCESS_RULES.join(", ")}.`;

/** The same for a service account, whose rights a policy gives. */
export const IAM_ACTIONS = [
  "pccVMware:apiovh:vrops/get",
  "pccVMware:apiovh:vrops/outgoingFlow/get",
  "pccVMware:apiovh:vrops/outgoingFlow/create",
  "pccVMware:apiovh:vrops/outgoingFlow/changeProperties",
  "pccVMware:apiovh:vrops/outgoingFlow/delete",
  "pccVMware:apiovh:task/get",
] as const;
