import { cpSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, relative } from "node:path";
import { ProblemError } from "../core/problem";
import { readPlan, withoutWarnings, withPlan, type RunTerraform, type Stack } from "../plan";
import { reasonFor } from "../systems/kit/inventory";
import { kindOf } from "../systems/kinds";
import type { System } from "../systems/kit/system";
import type { Schema } from "../terraform-plugin/schema";
import { classify } from "./classify";
import { DETECTION_FORMAT, summarise, type Detection, type Entry, type Verdict } from "./detection";
import { redactedDetection } from "./redacted";
import { readStackConfig, type StackConfig } from "./stack-config";
import { takeStock, type StockRequest, type StockWorld } from "./take-stock";

export interface DetectOptions extends StockRequest {
  /** What exists without code is listed, and is no drift. @default false */
  readonly allowUnmanaged?: boolean;
  /** Systems (by name) of which it is accepted that nobody can tell. */
  readonly acceptUnknown?: readonly string[];
}

export interface World extends StockWorld {
  readonly run: RunTerraform;
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
  if (planned instanceof ProblemError) return undetermined(stack, config, began, planned, options, world);

  const { entries, followUps } = classify(planned, unknowable(options.systems));
  const found = await takeStock(planned, entries, config, options, world);
  const all = [...entries, ...found.entries].map((entry) => accepted(entry, options));
  const detection: Detection = {
    format: DETECTION_FORMAT,
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
  options: DetectOptions,
  world: World,
): Promise<Detection> {
  const reason = reasonFor(error).replace(/\s+/g, " ");
  const known = await inState(stack, world);
  const entries = known
    .map(({ type, address, id }, at): Entry => ({
      bucket: "unknown",
      type,
      kind: kindOf(type),
      address,
      id,
      // Said once: it is the same for all, and long.
      reason: at === 0 ? reason : `for the same reason as ${known[0]!.address}`,
    }))
    .map((entry) => accepted(entry, options));
  const whole: Entry = { bucket: "unknown", type: "", kind: "stack", name: stack.name, reason };
  const detection: Detection = {
    format: DETECTION_FORMAT,
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
  const { values } = JSON.parse(withoutWarnings(stdout)) as {
    values?: { root_module?: { resources?: StateResource[] } };
  };
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
  const key = ({ address = "~", type, name = "", id = "", provider = "" }: Entry) =>
    [address, type, name, id, provider].join("\n");
  return [...entries].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}
