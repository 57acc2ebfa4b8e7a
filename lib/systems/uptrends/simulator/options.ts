import type { World } from "../../kit/simulator/simulation";

export interface SeededIntegration {
  readonly name: string;
  readonly type: string;
  /** Variables set to "Specify value in escalation level". */
  readonly variables?: readonly string[];
}

/** What of the simulated Uptrends can be chosen: `world.options.uptrends`. Where the vendor is silent, each plausible answer. */
export interface UptrendsSimulatorOptions {
  /** @default "9d9f60d1a54ceb34afaf47b3abebde47" */
  readonly username: string;
  /** @default "sandbox-uptrends-password" */
  readonly password: string;
  /** Levels of each definition: decided by the account. @default 3 */
  readonly levels: number;
  /** Made by hand: the API has no call for it. */
  readonly integrations: readonly SeededIntegration[];
  /** What a GET shows of the values of variables. @default "shown" */
  readonly variables: "shown" | "masked" | "omitted";
  /** Whether an edit in the screens changes the hash of an attachment. @default true */
  readonly hashes: boolean;
  /** What a GET of a definition that is gone, and of what lies below it, is answered; 404 is not declared. @default 400 */
  readonly goneStatus: 400 | 403 | 404;
  /** So many GETs after a write show what was before it. @default 0 */
  readonly staleReads: number;
  /** Answers 429 to every so-and-so-manieth request; 0: never. @default 0 */
  readonly throttleEvery: number;
  /** Whether a 429 says when to come back. @default true */
  readonly retryAfter: boolean;
}

const DEFAULTS: UptrendsSimulatorOptions = {
  username: "9d9f60d1a54ceb34afaf47b3abebde47",
  password: "sandbox-uptrends-password",
  levels: 3,
  integrations: [
    { name: "Email", type: "Email" },
    { name: "Phone", type: "Phone" },
    { name: "AlertOps - prod", type: "GenericWebhook", variables: ["ApiUrl"] },
  ],
  variables: "shown",
  hashes: true,
  goneStatus: 400,
  staleReads: 0,
  throttleEvery: 0,
  retryAfter: true,
};

export function uptrendsOptions(world: World): UptrendsSimulatorOptions {
  return { ...DEFAULTS, ...(world.options["uptrends"] as Partial<UptrendsSimulatorOptions> | undefined) };
}
