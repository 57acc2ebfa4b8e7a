import * as z from "../../../core/zod";
import { ACCESS_RULES } from "../access-rules";

/**
 * The outcome of a task: `done`; `fixing` and then done; `error` or `canceled`, after which the flow is in error;
 * `given-up`: canceled, and an existing flow returns to its former state. A task that is `hanging` waits for the
 * intervention `end-task`.
 */
export const outcome = z.enum(["done", "error", "canceled", "fixing", "given-up", "hanging"]);
export type TaskOutcome = z.output<typeof outcome>;

const seededFlow = z.strictObject({ ip: z.ipv4(), port: z.int(), description: z._default(z.string(), "") });
const service = z.union([
  z.pipe(
    z.string(),
    z.transform((name) => ({ name, flows: [] as z.output<typeof seededFlow>[] })),
  ),
  z.strictObject({ name: z.string(), flows: z._default(z.array(seededFlow), []) }),
]);

/** The options of the simulated OVHcloud, under the key `ovh`. */
export const options = z.strictObject({
  /** Short for one service. */
  service: z.optional(z.string()),
  services: z.optional(z.array(service)),
  /** The duration of a task. */
  taskMilliseconds: z._default(z.number().check(z.gte(0)), 20),
  application_key: z._default(z.string(), "sandbox-application-key"),
  application_secret: z._default(z.string(), "sandbox-application-secret"),
  consumer_key: z._default(z.string(), "sandbox-consumer-key"),
  /** The permissions of the consumer key: `METHOD path`, `*` for anything. */
  access_rules: z._default(z.array(z.string()), [...ACCESS_RULES, "GET /me"]),
  /** The life of the consumer key from the start of the sandbox; without it, for ever. */
  consumerKeySeconds: z.optional(z.number()),
  /** Whether a consumer key may read itself: always, or according to its rules. Not documented, hence both. */
  ownCredential: z._default(z.enum(["always", "by-rule"]), "always"),
  client_id: z._default(z.string(), "sandbox-client-id"),
  client_secret: z._default(z.string(), "sandbox-client-secret"),
  /** A predefined token that never expires. */
  access_token: z._default(z.string(), "sandbox-access-token"),
  /** The life of tokens of the service account. */
  tokenSeconds: z._default(z.number().check(z.positive()), 3_599),
  /** The IAM actions that tokens may use; `*` at the end for any. */
  actions: z._default(z.array(z.string()), ["pccVMware:apiovh:*", "account:apiovh:me/get"]),
  /** The greatest difference between a request's time and the server's. The real tolerance is not documented. */
  clockToleranceSeconds: z._default(z.number(), 60),
  /** Server time minus the sandbox's, to simulate clocks that differ. */
  clockSkewSeconds: z._default(z.number(), 0),
  /** Requests per minute; further ones get 429. */
  rateLimit: z.optional(z.number().check(z.positive())),
  /** Whether a 429 contains `Retry-After`. */
  retryAfter: z._default(z.boolean(), true),
  /** Whether many objects can be read at once. Not documented, hence optional. */
  batch: z._default(z.boolean(), true),
  /** The greatest number of objects in a batch; larger ones are refused. Not documented either. */
  largestBatch: z.optional(z.int().check(z.positive())),
  /** Whether a new flow is listed at once or only when its task is done. Not documented, hence both. */
  listed: z._default(z.enum(["at-once", "when-done"]), "at-once"),
  /** Whether finished tasks can be read. Not documented, hence both. */
  forgetTasks: z._default(z.boolean(), false),
  /**
   * Whether a second flow to the same address and port is refused with 409. Not documented; allowed by default, so that
   * duplicates become visible.
   */
  uniqueFlows: z._default(z.boolean(), false),
  /** The outcomes of the first tasks, in order. */
  outcomes: z._default(z.array(outcome), []),
});
export type OvhSimulatorOptions = z.output<typeof options>;
