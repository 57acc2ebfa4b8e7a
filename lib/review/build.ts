import { plural } from "../core/plural";
import { KNOWN_AFTER_APPLY } from "../core/terraform-text";
import { forCommand, shellWord, type TerraformCommand } from "../core/terraform-text";
import { open, type Finding } from "../core/finding";
import type { Redactor } from "../core/redaction";
import { boundHash, changes, isBoundToStack, type Binding, type Plan, type Verb } from "../plan";
import type { Topology } from "../topology";
import { cautionsOf } from "./bound";
import { differenceOf } from "./difference";
import { Meanings } from "./meaning";
import { movesOf } from "./moves";
import { pictureOf } from "./picture";
import { redactedReview } from "./redacted";
import { reachabilityOf } from "./reachability";
import { receiversOf } from "./receivers";
import type {
  Change,
  JudgedFinding,
  AddressMove,
  NextStep,
  PolicySummary,
  Review,
  Stop,
  ReviewVerdict,
} from "./review";
import { outagesOf } from "./outages";
import { BeforeAndAfter } from "./before-and-after";

/** Judges one side of a change by rules; `lib/policy` provides it. */
export type Judge = (topology: Topology) => Judgement;

export interface Judgement {
  readonly findings: readonly Finding[];
  /** The ids of rules that hold. */
  readonly passed: readonly string[];
  readonly notApplicable: readonly { readonly id: string; readonly because: string }[];
}

export interface ReviewOptions {
  /** The name of the stack; part of the hidden header that identifies a comment. */
  readonly stack: string;
  readonly judge: Judge;
  /**
   * The path of the construct that declares an address. Empty when the code is known to be no CDKTF program.
   *
   * @default not known: advice is given for CDKTF and for HCL
   */
  readonly constructs?: ReadonlyMap<string, string> | undefined;
  /** What decides about the apply besides the changes. @default nothing is known, as for the JSON of a plan */
  readonly bindings?: readonly Binding[];
  /** The commit of the planned code. @default not known */
  readonly commit?: string | undefined;
  /** Whether the working tree held changes that are in no commit; null when Git did not say. @default false */
  readonly uncommitted?: boolean | null;
  /** The program's name in commands that are shown. @default terraform */
  readonly terraform?: TerraformCommand;
  /** The command that applies what was reviewed. @default outbound apply-reviewed */
  readonly applyCommand?: (stack: string, hash: string) => string;
}

/** Reviews a plan. The same plan gives the same review. */
export function reviewPlan(plan: Plan, options: ReviewOptions): Review {
  const world = new BeforeAndAfter(plan);
  const meanings = new Meanings(world);
  const moves = movesOf(plan, options.constructs).map((move) => ({
    ...move,
    commands: move.commands.map((one) => forCommand(options.terraform ?? "terraform", one)),
  }));
  const stops = outagesOf(world);
  const policy = summary(options.judge(world.before.topology), options.judge(world.after.topology), world);
  const changed = changes(plan).map((one): Change => change(one, meanings.of(one), plan.redactor));
  const counts = countOf(changed);
  const { bindings = [], commit, uncommitted = false } = options;
  const hash = boundHash(plan, bindings);
  const nothing = changed.length === 0 && plan.outputs.length === 0 && plan.invocations.length === 0;
  const review: Review = {
    stack: options.stack,
    hash,
    commit: commit ?? null,
    uncommitted,
    boundTo: isBoundToStack(bindings) ? "stack" : "plan",
    bindings,
    terraformVersion: plan.terraformVersion,
    verdict: verdictOf(nothing, counts, moves, stops, policy, { ...plan, cautions: cautionsOf(bindings).length }),
    counts,
    moves,
    stops,
    reachability: reachabilityOf(world),
    receivers: receiversOf(world),
    changes: [...changed, ...plan.outputs.map(outputChange)],
    drift: plan.drift.map((one) =>
      change(
        one,
        one.verb === "delete" ? "deleted outside of Terraform" : "changed outside of Terraform",
        plan.redactor,
      ),
    ),
    policy,
    picture: pictureOf(world),
    next: nextStep(nothing, options, hash),
  };
  return redactedReview(review, plan.redactor);
}

function change(one: Plan["resources"][number], meaning: string, redactor: Redactor): Change {
  return {
    address: one.address,
    ...(one.previousAddress === undefined ? {} : { previousAddress: one.previousAddress }),
    type: one.type,
    verb: one.verb,
    meaning: meaning === "" ? reasonOf(one) : meaning,
    lines: differenceOf(one, redactor),
  };
}

/** Terraform's reasons in words, where they add to the verb and the differences. */
const REASONS: Readonly<Record<string, string>> = {
  replace_because_tainted: "it was left half made by an apply that failed",
  replace_by_request: "its replacement was asked for",
  replace_by_triggers: "because of what it names in `replace_triggered_by`",
  delete_because_no_module: "its module is no longer declared",
  delete_because_wrong_repetition: "it was declared with `count` or `for_each`, and no longer is, or the reverse",
  delete_because_count_index: "beyond the `count` that is declared now",
  delete_because_each_key: "its key is no longer in the `for_each`",
};

const reasonOf = ({ reason = "" }: Plan["resources"][number]): string => REASONS[reason] ?? "";

function outputChange({ name, verb, before, after }: Plan["outputs"][number]): Change {
  const sign = verb === "create" ? "+" : verb === "delete" ? "-" : "!";
  const text = (value: unknown) => (value === undefined ? KNOWN_AFTER_APPLY : JSON.stringify(value));
  const line =
    verb === "create"
      ? `${sign} output.${name} = ${text(after)}`
      : verb === "delete"
        ? `${sign} output.${name}`
        : `${sign} output.${name} = ${text(before)} -> ${text(after)}`;
  return { address: `output.${name}`, type: "output", verb, meaning: "", lines: [line] };
}

function summary(before: Judgement, after: Judgement, world: BeforeAndAfter): PolicySummary {
  const key = ({ id, path }: Finding) => `${id} ${path}`;
  // Findings about an object also concern its new address.
  const had = new Set(open(before.findings).map((one) => key({ ...one, path: world.movedTo(one.path) })));
  const has = new Set(after.findings.map(key));
  return {
    findings: after.findings.map((finding): JudgedFinding => ({ ...finding, byThisChange: !had.has(key(finding)) })),
    resolved: open(before.findings).filter((one) => !has.has(key({ ...one, path: world.movedTo(one.path) }))),
    passed: after.passed,
    notApplicable: after.notApplicable,
  };
}

function countOf(changed: readonly Change[]): Partial<Record<Verb, number>> {
  const counts: Partial<Record<Verb, number>> = {};
  for (const verb of VERBS) {
    const count = changed.filter((one) => one.verb === verb).length;
    if (count > 0) counts[verb] = count;
  }
  return counts;
}

/** In the order in which they are reported: first what removes something. */
export const VERBS = ["delete", "replace", "update", "create", "import", "move", "forget"] as const satisfies Verb[];

export const VERB_WORDS: Readonly<Record<(typeof VERBS)[number], string>> = {
  delete: "to destroy",
  replace: "to replace",
  update: "to change",
  create: "to add",
  import: "to import",
  move: "to move",
  forget: "to forget",
};

function verdictOf(
  nothing: boolean,
  counts: Partial<Record<Verb, number>>,
  moves: readonly AddressMove[],
  stops: readonly Stop[],
  { findings }: PolicySummary,
  { drift, outputs, cautions }: Pick<Plan, "drift" | "outputs"> & { readonly cautions: number },
): ReviewVerdict {
  const what =
    VERBS.flatMap((verb) => (counts[verb] === undefined ? [] : [`${counts[verb]} ${VERB_WORDS[verb]}`])).join(", ") ||
    (outputs.length > 0 ? `only ${plural(outputs.length, "output")} to change` : "nothing to do");
  const stopping = stops.filter(({ byThisChange, severity }) => byThisChange && severity === "error");
  const errors = open(findings, "error");
  const attention = [...moves, ...stops, ...open(findings, "warning")].length + errors.length;
  const only = moves.flatMap(({ to }) => to).length;
  const said = only === 0 ? "" : `; ${plural(only, "object")} only change${only === 1 ? "s" : ""} the address`;
  const unjudged = cautions === 0 ? "" : `; ${plural(cautions, "thing")} that no rule can judge`;
  const outside = said + unjudged + (drift.length === 0 ? "" : `; ${plural(drift.length, "resource")} changed outside`);
  if (stopping.length > 0) return { status: "stops-alerts", line: `stops alerts: ${what}${outside}` };
  if (errors.length > 0)
    return {
      status: "breaks-rules",
      line: `breaks ${plural(new Set(errors.map(({ id }) => id)).size, "rule")}: ${what}${outside}`,
    };
  if (nothing && drift.length === 0)
    return { status: "no-changes", line: `no changes${attention > 0 ? `, ${plural(attention, "finding")}` : ""}` };
  if (attention > 0 || drift.length > 0 || cautions > 0)
    return { status: "attention", line: `${what}, ${plural(attention, "finding")}${outside}` };
  return { status: "in-order", line: what };
}

function nextStep(nothing: boolean, { stack, applyCommand = applyReviewed }: ReviewOptions, hash: string): NextStep {
  if (nothing) return { command: "", why: "There is nothing to apply." };
  return {
    command: applyCommand(stack, hash),
    why: "After the merge. It plans again and applies only when the plan is still this one.",
  };
}

function applyReviewed(stack: string, hash: string): string {
  return `npx outbound apply-reviewed ${shellWord(stack)} --hash ${hash}`;
}
