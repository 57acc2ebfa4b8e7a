import { ProblemError } from "../core/problem";
import { readPlan, withPlan, type PlanError, type RunTerraform, type Stack } from "../plan";
import { prepareRequests } from "../systems/kit/connect";
import { reasonFor } from "../systems/kit/inventory";
import type { System } from "../systems/kit/system";
import type { Schema } from "../terraform-plugin/schema";
import type { Entry } from "./detection";
import { inScratch, withoutOrder } from "./scratch";
import type { StackConfig } from "./stack-config";
import type { StockContext } from "./take-stock";
import { blockedBySystems, unseenEntries, type VisiblePlan } from "./unseen";

export interface DetectionContext extends StockContext {
  readonly run: RunTerraform;
}

/** What could be planned of a stack, and what could not. */
export interface Observation {
  readonly plan: VisiblePlan;
  /** The hash of the whole plan; null when a part could not be planned. */
  readonly hash: string | null;
  /** What should exist and could not be read, all of it unknown. */
  readonly unseen: readonly Entry[];
  /** `terraform show -json` of the plan, with its secrets; absent when there is no plan. */
  readonly json?: string;
}

interface Attempt {
  readonly seen: VisiblePlan;
  readonly hash: string | null;
  readonly errors: readonly PlanError[];
  readonly json?: string;
}

const NOTHING: VisiblePlan = { resources: [], drift: [], renames: { renames: [], ambiguous: [] } };

/**
 * Plans the stack and leaves no trace. Terraform plans what does not depend on what failed; what only has to come later
 * (`depends_on`: a plugin after its flow) is planned again in a copy without that order, because nothing is applied.
 */
export async function observe(
  stack: Stack,
  config: StackConfig,
  systems: readonly System[],
  world: DetectionContext,
): Promise<Observation> {
  return inScratch(stack, async (copy) => {
    const first = await attempt(copy, systems, [], world);
    const shown = first.json === undefined ? {} : { json: first.json };
    if (first.hash !== null) return { plan: first.seen, hash: first.hash, unseen: [], ...shown };
    const unseenOf = (seen: VisiblePlan, errors: readonly PlanError[]) =>
      unseenEntries(copy, seen, errors, config, world.run);
    const unseen = await unseenOf(first.seen, first.errors);
    const blocked = blockedBySystems(unseen, first.errors);
    if (blocked.length === 0) return { plan: first.seen, hash: null, unseen, ...shown };
    const targets = blocked.map((address) => `-target=${address}`);
    const second = await withoutOrder(copy, (other) => attempt(other, systems, targets, world));
    const seen = together(first.seen, second.seen, blocked);
    return { plan: seen, hash: null, unseen: await unseenOf(seen, [...first.errors, ...second.errors]), ...shown };
  });
}

async function attempt(
  stack: Stack,
  systems: readonly System[],
  targets: readonly string[],
  { run, runtime, signal }: DetectionContext,
): Promise<Attempt> {
  const { environment, redactor } = runtime;
  const options = { run, environment, partial: true, args: ["-lock=false", ...targets] };
  try {
    const planning = withPlan(stack, options, (json, _, errors) => ({ json, errors }));
    // What comes next is made ready while terraform plans.
    const schemas = schemasOf(systems);
    void prepareRequests();
    const { json, errors } = await planning;
    const plan = readPlan(json, { source: `the plan of ${stack.name}`, schemas, redactor, partial: true });
    return { seen: plan, hash: errors.length === 0 ? plan.hash : null, errors, json };
  } catch (error) {
    signal.throwIfAborted();
    // A system that refuses is an answer: its state is unknown. What the user has to fix is an error.
    if (!(error instanceof ProblemError) || error.problems[0]?.code !== "plan/terraform-failed") throw error;
    return { seen: NOTHING, hash: null, errors: [{ summary: reasonFor(error), detail: "" }] };
  }
}

/** Adds from the second plan what the first could not reach. */
function together(first: VisiblePlan, second: VisiblePlan, blocked: readonly string[]): VisiblePlan {
  const added = ({ address }: { readonly address: string }) => blocked.includes(address);
  return {
    resources: [...first.resources, ...second.resources.filter(added)],
    drift: [...first.drift, ...second.drift.filter(added)],
    renames: first.renames,
  };
}

export const schemasOf = (systems: readonly System[]): ReadonlyMap<string, Schema> =>
  new Map(systems.flatMap(({ resources }) => resources.map(({ schema }) => [schema.type, schema] as const)));
