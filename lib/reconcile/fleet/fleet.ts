import type { JsonDocument } from "../../core/json-document";
import { inOrder, type Horizon } from "../../proof/ending";
import { summarise, type Detection, type Verdict } from "../detection";

export const FLEET_DETECTION_FORMAT = "outbound-fleet-detection/1";

/** What a detection of several stacks found, as one document. */
export interface FleetDetection extends JsonDocument<typeof FLEET_DETECTION_FORMAT> {
  /** The stacks as they were asked for: `outbound-production-*`. */
  readonly fleet: string;
  /** ISO 8601; when it began. */
  readonly detectedAt: string;
  /** The worst of any stack: drift, then broken, unknown, ending, in-sync. */
  readonly verdict: Verdict;
  /** "3 stacks: 1 drift, 2 in sync; 1 drifted, 11 in sync" */
  readonly summary: string;
  /** Of each stack, by name. One that could not be looked at has a single entry of kind `stack`, which says why. */
  readonly stacks: readonly Detection[];
}

/** What is known for certain to differ outweighs what nobody can tell. */
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
  const counts = WORST_FIRST.map(
    (verdict) => [verdict, stacks.filter((one) => one.verdict === verdict).length] as const,
  );
  const said = counts.filter(([, n]) => n > 0).map(([verdict, n]) => `${n} ${WORDS[verdict]}`);
  const all = `${stacks.length} ${stacks.length === 1 ? "stack" : "stacks"}`;
  return `${all}: ${said.join(", ")}; ${summarise(stacks.flatMap(({ entries }) => entries))}`;
}

const WORDS: Readonly<Record<Verdict, string>> = {
  drift: "with drift",
  broken: "whose mail does not get through",
  unknown: "of which nobody can tell",
  ending: "with something that ends soon",
  "in-sync": "in sync",
};

/** What ends, of all stacks: what several of them need is told once. Undefined where nobody asked. */
export function fleetHorizon({ stacks }: FleetDetection): Horizon | undefined {
  const horizons = stacks.flatMap(({ stack, horizon }) => (horizon === undefined ? [] : [{ stack, horizon }]));
  const [first] = horizons;
  if (first === undefined) return undefined;
  const endings = horizons.flatMap(({ stack, horizon }) =>
    horizon.endings.map((ending) => ({ ...ending, paths: ending.paths.map((path) => inStack(stack, path)) })),
  );
  return { until: first.horizon.until, endings: inOrder(endings) };
}

/** A place in one stack of several. */
export const inStack = (stack: string, path: string): string => (path === "" ? stack : `${stack}: ${path}`);

/** Whether a place is in this stack. */
export const isIn = (stack: string, place: string): boolean => place === stack || place.startsWith(`${stack}: `);
