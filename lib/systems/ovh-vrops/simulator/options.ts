import * as z from "zod";
import { ACCESS_RULES } from "../access-rules";

/**
 * The outcome of a task: `done`; `fixing` and then done; `error` or `canceled`, after which the flow is in error;
 * `given-up`: canceled, and a flow that was there before is again as it was. A task that is `hanging` waits for the
 * intervention `end-task`.
 */
export const outcome = z.enum(["done", "error", "canceled", "fixing", "given-up", "hanging"]);
export type Outcome = z.output<typeof outcome>;

const seededFlow = z.strictObject({ ip: z.ipv4(), port: z.int(), description: z.string().default("") });
const service = z.union([
  z.string().transform((name) => ({ name, flows: [] as z.output<typeof seededFlow>[] })),
  z.strictObject({ name: z.string(), flows: z.array(seededFlow).default([]) }),
]);

/** What the sandbox may say about the simulated OVHcloud, under the key `ovh`. */
export const options = z.strictObject({
  /** A shorthand for one service. */
  service: z.string().optional(),
  services: z.array(service).optional(),
  /** How long a task takes. */
  taskMilliseconds: z.number().min(0).default(20),
  application_key: z.string().default("sandbox-application-key"),
  application_secret: z.string().default("sandbox-application-secret"),
  consumer_key: z.string().default("sandbox-consumer-key"),
  /** What the consumer key allows: `METHOD path`, `*` for anything. */
  access_rules: z.array(z.string()).default([...ACCESS_RULES]),
  client_id: z.string().default("sandbox-client-id"),
  client_secret: z.string().default("sandbox-client-secret"),
  /** A ready-made token that never expires. */
  access_token: z.string().default("sandbox-access-token"),
  /** Life of tokens made from the service account. */
  tokenSeconds: z.number().positive().default(3_599),
  /** IAM actions that tokens may use; `*` at the end for any. */
  actions: z.array(z.string()).default(["pccVMware:apiovh:*"]),
  /** How far a request's time may be from the server's. The real tolerance is not documented. */
  clockToleranceSeconds: z.number().default(60),
  /** Server time minus the world's, to simulate clocks that differ. */
  clockSkewSeconds: z.number().default(0),
  /** Requests per minute; more are answered 429. */
  rateLimit: z.number().positive().optional(),
  /** Whether 429 says when to come back. */
  retryAfter: z.boolean().default(true),
  /** Whether many objects can be read at once. Not documented, hence optional. */
  batch: z.boolean().default(true),
  /** How many objects a batch may ask for; more are refused. Not documented either. */
  largestBatch: z.int().positive().optional(),
  /** Whether a new flow is listed at once or only when its task is done. Not documented, hence both. */
  listed: z.enum(["at-once", "when-done"]).default("at-once"),
  /** Whether finished tasks can be read. Not documented, hence both. */
  forgetTasks: z.boolean().default(false),
  /** Whether a second flow to the same address and port is refused with 409. Not documented; allowed by default, so that doubles can be seen. */
  uniqueFlows: z.boolean().default(false),
  /** The outcomes of the first tasks, in order. */
  outcomes: z.array(outcome).default([]),
});
export type SimulatorOptions = z.output<typeof options>;
