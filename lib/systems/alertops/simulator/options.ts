import type { World } from "../../kit/simulator/simulation";

/** What of the simulated AlertOps can be chosen: `world.options.alertops`. Where the vendor is silent, each plausible answer. */
export interface AlertOpsSimulatorOptions {
  /** @default "sandbox-alertops-api-key" */
  readonly apiKey: string;
  /** Whether answers about an integration tell its URL, which then has a key of its own. The published model has no field for it. @default false */
  readonly tellsUrl: boolean;
  /** Whether integrations can be listed, wholly or as a summary; not documented. @default "whole" */
  readonly list: "whole" | "summary" | "none";
  /** Whether a PUT drops what it leaves out. @default true */
  readonly putReplaces: boolean;
  /** How a creation is answered; the vendor's own client takes 200, 201 and 204. @default 201 */
  readonly createStatus: 200 | 201 | 204;
  /** Refuses a second integration of the same name. @default false */
  readonly uniqueNames: boolean;
  /** Answers 429 to every so-and-so-manieth request; 0: never. @default 0 */
  readonly throttleEvery: number;
  /** Whether a 429 says when to come back. @default true */
  readonly retryAfter: boolean;
  readonly groups: readonly string[];
  readonly users: readonly string[];
  readonly policies: readonly string[];
  /** Alerts are worked off a queue: seen only after so many looks. @default 1 */
  readonly looksUntilSeen: number;
}

const DEFAULTS: AlertOpsSimulatorOptions = {
  apiKey: "sandbox-alertops-api-key",
  tellsUrl: false,
  list: "whole",
  putReplaces: true,
  createStatus: 201,
  uniqueNames: false,
  throttleEvery: 0,
  retryAfter: true,
  groups: ["NOC", "NOC-night", "Capacity"],
  users: ["jane@example.org", "john@example.org"],
  policies: ["Standard", "Standard night", "Silent"],
  looksUntilSeen: 1,
};

export function alertOpsOptions(world: World): AlertOpsSimulatorOptions {
  return { ...DEFAULTS, ...(world.options["alertops"] as Partial<AlertOpsSimulatorOptions> | undefined) };
}
