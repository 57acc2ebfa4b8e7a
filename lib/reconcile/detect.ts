import type { System } from "../systems/kit/system";
import { classify, type Classified } from "./classify";
import { objectKey } from "./compare";
import { DETECTION_FORMAT, summarise, type Detection, type Entry, type Verdict } from "./detection";
import { NO_OTHER_STACKS, Managed, type OtherStacks } from "./other-stacks";
import { observe, type Observation, type DetectionContext } from "./observe";
import type { EndingState, Horizon } from "../proof/ending";
import type { Proof } from "../proof/proof";
import { withProof } from "./proved-entries";
import { redactedDetection } from "./redacted";
import { reasonsOnce } from "./reasons-once";
import { readStackConfig, type StackConfig } from "./stack-config";
import { takeStock, type StockRequest } from "./take-stock";
import type { VisiblePlan } from "./unseen";
import type { Stack } from "../plan";

export interface DetectOptions extends StockRequest {
  /** Lists what exists without code, and does not count it as drift. @default false */
  readonly allowUnmanaged?: boolean;
  /** Systems (by name) that may be unknown. */
  readonly acceptUnknown?: readonly string[];
  /** Finds out whether mail gets through what is declared. @default not asked */
  readonly prove?: (planned: PlannedResources) => Promise<Proof>;
  /** Finds out what expires: what was proved, and more. @default not asked */
  readonly lookAhead?: (proof: Proof | undefined) => Promise<Horizon>;
}

/** What the stack declares, as far as it could be planned. */
export interface PlannedResources {
  /** `terraform show -json` of the plan, with its secrets; absent when none could be made. */
  readonly json?: string;
  readonly resources: VisiblePlan["resources"];
}

/**
 * Compares what a stack declares with what exists. Writes nothing: no state, no lock, no file beside the stack, nothing
 * in any system. Where a system does not answer, its objects are unknown; those of the others are compared.
 */
export async function detect(stack: Stack, options: DetectOptions, world: DetectionContext): Promise<Detection> {
  return conclude(await observeStack(stack, options.systems, world), options, world);
}

/** A stack after planning, before it is compared with what exists. */
export interface ObservedStack {
  readonly stack: Stack;
  /** When the planning began, ISO 8601. */
  readonly began: string;
  readonly config: StackConfig;
  readonly observation: Observation;
  readonly classified: Classified;
  /** What it manages. */
  readonly managed: Managed;
}

/** The first half of a detection: plans the stack, to see what it declares and manages. */
export async function observeStack(
  stack: Stack,
  systems: readonly System[],
  world: DetectionContext,
): Promise<ObservedStack> {
  const { runtime, progress } = world;
  const config = readStackConfig(stack, runtime.environment);
  const began = new Date(runtime.clock.now()).toISOString();
  progress(`planning ${stack.name}`);
  const observation = await observe(stack, config, systems, world);
  const classified = classify(observation.plan, unknowable(systems));
  const managed = new Managed([...classified.entries, ...observation.unseen], config, systems, runtime);
  return { stack, began, config, observation, classified, managed };
}

/**
 * The second half: compares with what exists.
 *
 * @param others what other stacks manage that are examined together with this one
 */
export async function conclude(
  { stack, began, config, observation, classified }: ObservedStack,
  options: DetectOptions,
  world: DetectionContext,
  others: OtherStacks = NO_OTHER_STACKS,
): Promise<Detection> {
  const { runtime, progress } = world;
  const { plan, hash, unseen, json } = observation;
  const { entries, followUps } = classified;
  const known = [...entries, ...unseen];
  const found = await takeStock(plan, known, config, options, world, others);
  if (options.prove !== undefined) progress("walking the way of the mail");
  const proof = await options.prove?.({ resources: plan.resources, ...(json === undefined ? {} : { json }) });
  if (options.lookAhead !== undefined) progress("asking what ends");
  const horizon = await options.lookAhead?.(proof);
  const compared = [...known.map((entry) => warned(entry, found.warnings)), ...found.entries];
  const all = withProof(compared, proof).map((entry) => accepted(entry, options));
  const detection: Detection = {
    format: DETECTION_FORMAT,
    stack: stack.name,
    detectedAt: began,
    configHash: config.hash,
    planHash: hash,
    verdict: verdictOf(all, horizon, options),
    summary: entries.length === 0 && hash === null ? "no plan could be made, so nothing is known" : summarise(all),
    entries: reasonsOnce(sorted(all)),
    coverage: found.coverage,
    receivers: found.receivers,
    followUps,
    ...(proof === undefined ? {} : { proof }),
    ...(horizon === undefined ? {} : { horizon }),
  };
  // Vendors' messages may quote a secret too, so redaction follows the last request.
  return redactedDetection(detection, runtime.redactor);
}

const unknowable = (systems: readonly System[]): Map<string, string> =>
  new Map(
    systems.flatMap(({ lacks, resources }) =>
      lacks.inventory === undefined ? [] : resources.map(({ schema }) => [schema.type, lacks.inventory!] as const),
    ),
  );

function warned(entry: Entry, warnings: ReadonlyMap<string, string>): Entry {
  const warning = entry.id === undefined ? undefined : warnings.get(objectKey(entry.type, entry.id));
  return warning === undefined ? entry : { ...entry, warning };
}

function accepted(entry: Entry, { systems, acceptUnknown = [] }: DetectOptions): Entry {
  if (entry.bucket !== "unknown") return entry;
  const system = systems.find(({ resources }) => resources.some(({ schema }) => schema.type === entry.type));
  return system !== undefined && acceptUnknown.includes(system.name) ? { ...entry, expected: true } : entry;
}

/** A certain difference outweighs what is unknown. */
function verdictOf(
  entries: readonly Entry[],
  horizon: Horizon | undefined,
  { allowUnmanaged = false }: DetectOptions,
): Verdict {
  const differs = entries.some(
    ({ bucket, cause }) =>
      bucket === "drifted" || bucket === "missing" || (bucket === "unmanaged" && (!allowUnmanaged || cause === "code")),
  );
  if (differs) return "drift";
  if (entries.some(({ bucket }) => bucket === "broken")) return "broken";
  const ends = (state: EndingState) => horizon?.endings.some((ending) => ending.state === state) === true;
  const unexplained = entries.some(({ bucket, expected }) => bucket === "unknown" && expected !== true);
  if (unexplained || ends("unknown")) return "unknown";
  return ends("ended") || ends("forbidden") || ends("near") || ends("changed") ? "ending" : "in-sync";
}

function sorted(entries: readonly Entry[]): Entry[] {
  const key = ({ address = "~", type, name = "", id = "", provider = "" }: Entry) =>
    [address, type, name, id, provider].join("\n");
  return [...entries].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}
