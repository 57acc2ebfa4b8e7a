import * as z from "../../core/zod";

/**
 * The messages between client and OVHcloud API; the client checks answers with it and the simulator checks requests. Answers
 * may contain more members than listed; listed ones must be right.
 *
 * @see https://eu.api.ovh.com/console/?section=%2FdedicatedCloud&branch=v1
 */

/** The states of a flow; any future one is treated like `unknown`. */
export const FLOW_STATES = [
  "toCreate",
  "creating",
  "delivered",
  "toUpdate",
  "updating",
  "toDelete",
  "deleting",
  "error",
  "unknown",
] as const;
export type FlowStateName = (typeof FLOW_STATES)[number];

export const TASK_STATES = [
  "todo",
  "toCreate",
  "waitingTodo",
  "doing",
  "waitingForChilds",
  "fixing",
  "toCancel",
  "unknown",
  "done",
  "canceled",
  "error",
] as const;
export type TaskStateName = (typeof TASK_STATES)[number];

export const flow = z.object({
  outgoingFlowId: z.int(),
  ip: z.string(),
  servicePort: z.int(),
  /** Documented as never null; null is tolerated, because the member is optional in requests. */
  description: z.pipe(
    z.nullish(z.string()),
    z.transform((text) => text ?? ""),
  ),
  state: z.string(),
});
export type OutgoingFlow = z.output<typeof flow>;

export const task = z.object({
  taskId: z.int(),
  state: z.string(),
  name: z.nullish(z.string()),
  progress: z.nullish(z.number()),
  description: z.nullish(z.string()),
  executionDate: z.nullish(z.string()),
});
export type Task = z.output<typeof task>;

export const vrops = z.object({
  state: z.string(),
  url: z.nullish(z.string()),
  vROpsPublicIP: z.nullish(z.string()),
  version: z.nullish(z.string()),
  upgrades: z.nullish(z.array(z.string())),
});
export type HostedVrops = z.output<typeof vrops>;

export const ids = z.array(z.int());
export const names = z.array(z.string());

/** One entry of a batch answer: `error` is null or explains why this key could not be read. */
export const batch = z.array(
  z.object({ key: z.union([z.string(), z.number()]), value: z.unknown(), error: z.optional(z.unknown()) }),
);

export const serverTime = z.int().check(z.positive());

export const createFlow = z.strictObject({
  ip: z.ipv4(),
  servicePort: z.union([z.literal(25), z.literal(465), z.literal(587), z.literal(2525)]),
  description: z.optional(z.string()),
});
export type CreateFlow = z.input<typeof createFlow>;

export const changeFlow = z.strictObject({ description: z.optional(z.string()) });

/** A permission of a consumer key; the interface description has PATCH in some regions only. */
const accessRule = z.object({
  method: z.enum(["DELETE", "GET", "PATCH", "POST", "PUT"]),
  path: z.string().check(z.minLength(1)),
});

/** Requests a consumer key, which its owner then validates on a page. */
export const requestCredential = z.strictObject({
  accessRules: z.array(accessRule).check(z.minLength(1)),
  redirection: z.nullish(z.string()),
  allowedIPs: z.nullish(z.array(z.string())),
});

/** The permissions and expiry of a consumer key; written from experience with the API, so any member may be missing. */
export const currentCredential = z.looseObject({
  credentialId: z.nullish(z.number()),
  status: z.nullish(z.string()),
  applicationId: z.nullish(z.number()),
  rules: z.nullish(z.array(z.looseObject({ method: z.string(), path: z.string() }))),
  creation: z.nullish(z.string()),
  expiration: z.nullish(z.string()),
  lastUse: z.nullish(z.string()),
  ovhSupport: z.nullish(z.boolean()),
  allowedIPs: z.nullish(z.array(z.string())),
});
export type CurrentCredential = z.output<typeof currentCredential>;

export const token = z.object({
  access_token: z.string().check(z.minLength(1)),
  expires_in: z.optional(z.number().check(z.positive())),
});
export const tokenRefusal = z.object({ error: z.string(), error_description: z.optional(z.string()) });

/** Both families of error bodies: gateway errors have `errorCode`, application errors have `class`. */
export const refusal = z.object({
  message: z.optional(z.string()),
  errorCode: z.optional(z.string()),
  httpCode: z.optional(z.string()),
  class: z.optional(z.string()),
  details: z.optional(z.record(z.string(), z.unknown())),
});
export type RefusalBody = z.output<typeof refusal>;
