import { plural } from "../../core/plural";
import { tally } from "../../core/tally";
import type { JsonDocument } from "../../core/json-document";
import { inOrder, type Horizon } from "../../proof/ending";
import { summarise, type Detection, type Verdict } from "../detection";

export const FLEET_DETECTION_FORMAT = "outbound-fleet-detection/1";

/** The result of detecting in several stacks, as one document. */
export interface FleetDetection extends JsonDocument<typeof FLEET_DETECTION_FORMAT> {
  /** The selection of stacks, as it was written: `outbound-production-*`. */
  readonly fleet: string;
  /** When it began, ISO 8601. */
  readonly detectedAt: string;
  /** The worst verdict of any stack: drift, then broken, unknown, ending, in-sync. */
  readonly verdict: Verdict;
  /** "3 stacks: 1 drift, 2 in sync; 1 drifted, 11 in sync" */
  readonly summary: string;
  /** By name. One that could not be planned has a single entry of kind `stack`, which gives the reason. */
  readonly stacks: readonly Detection[];
}

/** A certain difference outweighs what is unknown. */
export const WORST_FIRST: readonly Verdict[] = ["drift", "broken", "unknown", "ending", "in-sync"];

export function fleetOf(fleet: string, detectedAt: string, stacks: readonly Detection[]): FleetDetection {
  const verdicts = new Set(stacks.map(({ verdict }) => verdict));
  return {
    format: FLEET_DETECTION_FORMAT,
    fleet,
    detectedAt,
    verdict: WORST_FIRST.find((verdict) => verdicts.has(verdict)) ?? "in-sync",
    summary: summaryOf(stacks),
    stacks,
  };
}

function summaryOf(stacks: readonly Detection[]): string {
  const counts = tally(
    WORST_FIRST,
    stacks.map(({ verdict }) => verdict),
  ).map(([verdict, count]) => `${count} ${WORDS[verdict]}`);
  return `${plural(stacks.length, "stack")}: ${counts.join(", ")}; ${summarise(stacks.flatMap(({ entries }) => entries))}`;
}

const WORDS: Readonly<Record<Verdict, string>> = {
  drift: "with drift",
  broken: "whose mail does not get through",
  unknown: "of which nobody can tell",
  ending: "with something that ends soon",
  "in-sync": "in sync",
};

/** What expires in all stacks; what several of them need is listed once. Undefined where it was not asked. */
export function fleetHorizon({ stacks }: FleetDetection): Horizon | undefined {
  const horizons = stacks.flatMap(({ stack, horizon }) => (horizon === undefined ? [] : [{ stack, horizon }]));
  const [first] = horizons;
  if (first === undefined) return undefined;
  const endings = horizons.flatMap(({ stack, horizon }) =>
    horizon.endings.map((ending) => ({ ...ending, paths: ending.paths.map((path) => inStack(stack, path)) })),
  );
  return { until: first.horizon.until, endings: inOrder(endings) };
}

/** A path in one of several stacks. */
export const inStack = (stack: string, path: string): string => (path === "" ? stack : `${stack}: ${path}`);

/** Whether a path is in this stack. */
export const isIn = (stack: string, place: string): boolean => place === stack || place.startsWith(`${stack}: `);
