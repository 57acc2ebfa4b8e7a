import { cpSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, relative } from "node:path";
import { ProblemError } from "../core/problem";
import { takeInventory } from "../inventory/take";
import { readPlan, withPlan, type Plan, type RunTerraform, type Stack } from "../plan";
import { reasonFor, type Inventory } from "../systems/kit/inventory";
import { kindOf } from "../systems/kinds";
import type { Runtime, System } from "../systems/kit/system";
import type { Schema } from "../terraform-plugin/schema";
import { classify } from "./classify";
import { compareInventory } from "./compare";
import { summarise, type Coverage, type Detection, type Entry, type Share, type Verdict } from "./detection";
import { redactedDetection } from "./redacted";
import { readStackConfig, type StackConfig } from "./stack-config";

export interface DetectOptions {
  readonly systems: readonly System[];
  /** Where to look besides the places that the code names, by {@link Places.option}. */
  readonly places: Readonly<Record<string, readonly string[]>>;
  /** What exists without code is listed, and is no drift. @default false */
  readonly allowUnmanaged?: boolean;
  /** Systems (by name) of which it is accepted that nobody can tell. */
  readonly acceptUnknown?: readonly string[];
}

export interface World {
  readonly run: RunTerraform;
  readonly runtime: Runtime;
  readonly signal: AbortSignal;
  /** Told what is being done. */
  readonly progress: (text: string) => void;
}

/**
 * Compares what a stack declares with what exists. Writes nothing: no state, no lock, no file beside the stack, nothing in
 * any system.
 */
export async function detect(stack: Stack, options: DetectOptions, world: World): Promise<Detection> {
  const { runtime, progress } = world;
  const config = readStackConfig(stack, runtime.environment);
  const began = new Date(runtime.clock.now()).toISOString();
  progress(`planning ${stack.name}`);
  const planned = await readOnly(stack, (copy) => plan(copy, options.systems, world));
  if (planned instanceof ProblemError) return undetermined(stack, config, began, planned, world);

  const { entries, followUps } = classify(planned, unknowable(options.systems));
  const found = await takeStock(planned, entries, config, options, world);
  const all = [...entries, ...found.entries].map((entry) => accepted(entry, options));
  const detection: Detection = {
    version: 1,
    stack: stack.name,
    detectedAt: began,
    configHash: config.hash,
    planHash: planned.hash,
    verdict: verdictOf(all, options),
    summary: summarise(all),
    entries: sorted(all),
    coverage: found.coverage,
    receivers: found.receivers,
    followUps,
  };
  // What vendors say may quote a secret as well, so this comes after the last of them was asked.
  return redactedDetection(detection, runtime.redactor);
}

/** `terraform plan` keeps its locks and its working directory to itself: whoever only looks must not leave a trace. */
async function readOnly<T>(stack: Stack, use: (stack: Stack) => Promise<T>): Promise<T> {
  if (existsSync(join(stack.directory, ".terraform"))) return use(stack);
  const scratch = mkdtempSync(join(tmpdir(), "outbound-detect-"));
  try {
    // `terraform init` writes, so it writes into a copy.
    const directory = join(scratch, basename(stack.directory));
    cpSync(stack.directory, directory, { recursive: true });
    return await use({ ...stack, directory, file: join(directory, relative(stack.directory, stack.file)) });
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

async function plan(stack: Stack, systems: readonly System[], { run, runtime, signal }: World) {
  try {
    return await withPlan(stack, { run, environment: runtime.environment, args: ["-lock=false"] }, (json) =>
      readPlan(json, {
        source: `the plan of ${stack.name}`,
        schemas: schemasOf(systems),
        redactor: runtime.redactor,
      }),
    );
  } catch (error) {
    signal.throwIfAborted();
    // A system that refuses is an answer: nobody can tell. What the user has to put right is an error.
    if (error instanceof ProblemError && error.problems[0]?.code === "plan/terraform-failed") return error;
    throw error;
  }
}

export const schemasOf = (systems: readonly System[]): ReadonlyMap<string, Schema> =>
  new Map(systems.flatMap(({ resources }) => resources.map(({ schema }) => [schema.type, schema] as const)));

/** Without a plan, all that is known is what should be there: what Terraform made last time. */
async function undetermined(
  stack: Stack,
  { hash }: StackConfig,
  detectedAt: string,
  error: ProblemError,
  world: World,
): Promise<Detection> {
  const reason = reasonFor(error).replace(/\s+/g, " ");
  const known = await inState(stack, world);
  const entries = known.map(({ type, address, id }): Entry => ({
    bucket: "unknown",
    type,
    kind: kindOf(type),
    address,
    id,
    reason,
  }));
  const whole: Entry = { bucket: "unknown", type: "", kind: "stack", name: stack.name, reason };
  const detection: Detection = {
    version: 1,
    stack: stack.name,
    detectedAt,
    configHash: hash,
    planHash: null,
    verdict: "unknown",
    summary: "no plan could be made, so nothing is known",
    entries: entries.length > 0 ? sorted(entries) : [whole],
    coverage: [],
    receivers: { managed: 0, total: 0 },
    followUps: [],
  };
  return redactedDetection(detection, world.runtime.redactor);
}

async function inState({ directory }: Stack, { run }: World) {
  const { exitCode, stdout } = await run(["show", "-json", "-no-color"], directory);
  if (exitCode !== 0) return [];
  const { values } = JSON.parse(stdout) as { values?: { root_module?: { resources?: StateResource[] } } };
  return (values?.root_module?.resources ?? [])
    .filter(({ mode }) => mode === "managed")
    .map(({ type, address, values: held }) => ({ type, address, id: String(held?.["id"] ?? "") }));
}

interface StateResource {
  readonly mode: string;
  readonly type: string;
  readonly address: string;
  readonly values?: Readonly<Record<string, unknown>>;
}

const unknowable = (systems: readonly System[]): Map<string, string> =>
  new Map(
    systems.flatMap(({ lacks, resources }) =>
      lacks.inventory === undefined ? [] : resources.map(({ schema }) => [schema.type, lacks.inventory!] as const),
    ),
  );

/** The inventories of all systems that the stack has anything in, once per provider configuration. */
async function takeStock(
  planned: Plan,
  entries: readonly Entry[],
  config: StackConfig,
  { systems, places }: DetectOptions,
  { runtime, signal, progress }: World,
): Promise<{ entries: Entry[]; coverage: Coverage[]; receivers: Share }> {
  const aliases = [...new Set(entries.map(({ address = "" }) => config.aliasOf(address)))];
  const found: { entries: Entry[]; coverage: Coverage[] } = { entries: [], coverage: [] };
  const receivers = { managed: 0, total: 0 };
  for (const system of systems) {
    const types = new Set(system.resources.map(({ schema }) => schema.type));
    if (system.inventory === undefined || !entries.some(({ type }) => types.has(type))) continue;
    progress(`listing ${system.title}`);
    const inventory: Inventory[number][] = [];
    for (const alias of aliases) {
      const here = planned.resources.filter(
        ({ type, address }) => types.has(type) && config.aliasOf(address) === alias,
      );
      if (here.length === 0) continue;
      const settings = config.settings(alias, system.name);
      const looked = placesOf(system, here, places);
      inventory.push(
        ...("unknown" in settings
          ? [...types].map((type) => ({ type, title: kindOf(type), unknown: settings.unknown }))
          : await takeInventory(system, { settings: settings.known, places: looked }, runtime, signal)),
      );
    }
    const compared = compareInventory(inventory, entries);
    found.entries.push(...compared.entries);
    found.coverage.push(...compared.coverage);
    receivers.managed += compared.receivers.managed;
    receivers.total += compared.receivers.total;
  }
  return { ...found, receivers };
}

/** The places that the code names, and those of the command line. */
function placesOf({ inventory }: System, resources: Plan["resources"], given: DetectOptions["places"]): string[] {
  const places = inventory?.places;
  if (places === undefined) return [];
  const declared = resources.map(({ before, after }) => (after ?? before)?.[places.attribute]);
  const named = declared.filter((place): place is string => typeof place === "string");
  return [...new Set([...named, ...(given[places.option] ?? [])])].sort();
}

function accepted(entry: Entry, { systems, acceptUnknown = [] }: DetectOptions): Entry {
  if (entry.bucket !== "unknown") return entry;
  const system = systems.find(({ resources }) => resources.some(({ schema }) => schema.type === entry.type));
  return system !== undefined && acceptUnknown.includes(system.name) ? { ...entry, expected: true } : entry;
}

/** What is known for certain to differ outweighs what nobody can tell. */
function verdictOf(entries: readonly Entry[], { allowUnmanaged = false }: DetectOptions): Verdict {
  const differs = entries.some(
    ({ bucket, cause }) =>
      bucket === "drifted" || bucket === "missing" || (bucket === "unmanaged" && (!allowUnmanaged || cause === "code")),
  );
  if (differs) return "drift";
  return entries.some(({ bucket, expected }) => bucket === "unknown" && expected !== true) ? "unknown" : "in-sync";
}

function sorted(entries: readonly Entry[]): Entry[] {
  const key = ({ address = "~", type, name = "", id = "" }: Entry) => [address, type, name, id].join("\n");
  return [...entries].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}
