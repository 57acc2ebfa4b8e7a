import * as z from "zod";
import { simulatorOptions } from "../../kit/simulator/options";
import type { World } from "../../kit/simulator/simulation";

/** What of the simulated AlertOps can be chosen: `world.options.alertops`. Where the vendor is silent, each plausible answer. */
const options = z.strictObject({
  apiKey: z.string().default("sandbox-alertops-api-key"),
  /** Whether answers about an integration tell its URL, which then has a key of its own. The published model has no field for it. */
  tellsUrl: z.boolean().default(false),
  /** Whether integrations can be listed, wholly or as a summary; not documented. */
  list: z.enum(["whole", "summary", "none"]).default("whole"),
  /** Whether a PUT drops what it leaves out. */
  putReplaces: z.boolean().default(true),
  /** How a creation is answered; the vendor's own client takes 200, 201 and 204. */
  createStatus: z.union([z.literal(200), z.literal(201), z.literal(204)]).default(201),
  /**
   * Whether an integration is refused when another has its name. Not documented: the name may be part of the URL that
   * alerts are sent to, but the published models know integrations by number, so not by default.
   */
  uniqueNames: z.boolean().default(false),
  /** Answers 429 to every so-and-so-manieth request; 0: never. */
  throttleEvery: z.int().min(0).default(0),
  /** Whether a 429 says when to come back. */
  retryAfter: z.boolean().default(true),
  groups: z.array(z.string()).default(["NOC", "NOC-night", "Capacity"]),
  users: z.array(z.string()).default(["jane@example.org", "john@example.org"]),
  policies: z.array(z.string()).default(["Standard", "Standard night", "Silent"]),
  /** Alerts are worked off a queue: seen only after so many looks. */
  looksUntilSeen: z.int().min(0).default(1),
});
export type AlertOpsSimulatorOptions = z.output<typeof options>;

export function alertOpsOptions(world: Pick<World, "options">): AlertOpsSimulatorOptions {
  return simulatorOptions("alertops", options, world);
}
