import * as z from "../../../core/zod";
import { simulatorOptions } from "../../kit/simulator/options";
import type { SimulatorWorld } from "../../kit/simulator/simulation";

/** Predefined integrations. Their real numbers are not published; the one for Uptrends reads the messages of Uptrends. */
const TEMPLATES = [
  {
    id: 118,
    name: "Uptrends",
    mapping: {
      source: "Uptrends",
      source_name: "Uptrends",
      static: true,
      source_id: "incidentKey",
      source_status: "alertType",
      open_alert_when: { type: "Contains", values: ["Alert", "Reminder"] },
      close_alert_when: { type: "Contains", values: ["Ok"] },
    },
  },
];
const template = z.strictObject({ id: z.int(), name: z.string(), mapping: z.record(z.string(), z.unknown()) });
const byHand = z.strictObject({ name: z.string(), template: z.optional(z.int()) });

/**
 * The options of the simulated AlertOps, `world.options.alertops`: each plausible behaviour where the vendor documents none.
 */
const options = z.strictObject({
  apiKey: z._default(z.string(), "sandbox-alertops-api-key"),
  /**
   * Whether answers about an integration contain its URL, which then has a key of its own. The published model has no field
   * for it.
   */
  tellsUrl: z._default(z.boolean(), false),
  /** Whether integrations can be listed, completely or as a summary; not documented. */
  list: z._default(z.enum(["whole", "summary", "none"]), "whole"),
  /** Whether a PUT drops what it leaves out. */
  putReplaces: z._default(z.boolean(), true),
  /** The status of a creation; the vendor's own client accepts 200, 201 and 204. */
  createStatus: z._default(z.union([z.literal(200), z.literal(201), z.literal(204)]), 201),
  /**
   * Whether an integration is refused when another has its name. Not documented: the name may be part of the URL that alerts
   * are sent to, but the published models identify integrations by number, so not by default.
   */
  uniqueNames: z._default(z.boolean(), false),
  /** Answers 429 to every n-th request; 0: never. */
  throttleEvery: z._default(z.int().check(z.gte(0)), 0),
  /** Whether a 429 contains `Retry-After`. */
  retryAfter: z._default(z.boolean(), true),
  templates: z._default(z.array(template), TEMPLATES),
  /** The integrations that a person has made before the sandbox starts. */
  byHand: z._default(z.array(byHand), [{ name: "Uptrends", template: 118 }]),
  /** Whether a mapping is kept and shown, kept and hidden, or ignored. Not documented, hence all three. */
  mapping: z._default(z.enum(["shown", "hidden", "ignored"]), "shown"),
  /** Whether answers show the mapping of a template. Not documented either. */
  showsTemplateMapping: z._default(z.boolean(), false),
  groups: z._default(z.array(z.string()), ["NOC", "NOC-night", "Capacity"]),
  users: z._default(z.array(z.string()), ["jane@example.org", "john@example.org"]),
  policies: z._default(z.array(z.string()), ["Standard", "Standard night", "Silent"]),
  /** How often a client has to look until an alert appears: alerts are processed from a queue. */
  looksUntilSeen: z._default(z.int().check(z.gte(0)), 1),
});
export type AlertOpsSimulatorOptions = z.output<typeof options>;

export function alertOpsOptions(world: Pick<SimulatorWorld, "options">): AlertOpsSimulatorOptions {
  return simulatorOptions("alertops", options, world);
}
