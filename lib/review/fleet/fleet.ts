import { tally } from "../../core/tally";
import { plural } from "../../core/plural";
import { compare } from "../../core/finding";
import type { Redactor } from "../../core/redaction";
import type { Verb } from "../../plan";
import { cautionsOf } from "../bound";
import { VERBS, VERB_WORDS } from "../build";
import { redactedNotPlanned, type NotPlanned } from "../not-planned";
import { redactedReview } from "../redacted";
import type { Review, ReviewVerdict } from "../review";
import { selectionText, type Selection } from "./selection";

/** The review of several stacks. */
export interface FleetReview {
  /** The selection as text: `prod-*`, or names with commas between them. */
  readonly fleet: string;
  /** The selection as a list. */
  readonly selection: Selection;
  /** The commit of the code that was planned, 40 or 64 hexadecimal digits; null when it is not known. */
  readonly commit: string | null;
  /** True when the working tree held changes that are in no commit. Null when Git did not say. */
  readonly uncommitted: boolean | null;
  readonly verdict: FleetVerdict;
  /** How many stacks have each status; a status without stacks is left out. */
  readonly statuses: Readonly<Partial<Record<FleetStatus, number>>>;
  /** How many resources each verb has in all stacks together; a verb without resources is left out. */
  readonly counts: Readonly<Partial<Record<Verb, number>>>;
  /** By name; a stack that could not be planned says why. */
  readonly stacks: readonly OfStack[];
}

export interface FleetVerdict {
  /** The worst status of any stack. */
  readonly status: FleetStatus;
  /** One line, no Markdown. */
  readonly line: string;
}

export type OfStack = Review | NotPlanned;

export type FleetStatus = "not-planned" | ReviewVerdict["status"];

/** Worst first. */
const STATUSES: readonly FleetStatus[] = [
  "not-planned",
  "stops-alerts",
  "breaks-rules",
  "attention",
  "in-order",
  "no-changes",
];

const WORDS: Readonly<Record<FleetStatus, readonly [one: string, many: string]>> = {
  "not-planned": ["not planned", "not planned"],
  "stops-alerts": ["stops alerts", "stop alerts"],
  "breaks-rules": ["breaks rules", "break rules"],
  attention: ["to look at", "to look at"],
  "in-order": ["in order", "in order"],
  "no-changes": ["without changes", "without changes"],
};

export const isNotPlanned = (one: OfStack): one is NotPlanned => "problems" in one;

export const statusOf = (one: OfStack): FleetStatus => (isNotPlanned(one) ? "not-planned" : one.verdict.status);

/** "stops alerts: 1 to destroy", "could not plan: …" */
export const verdictOf = (one: OfStack): string =>
  isNotPlanned(one) ? `could not plan: ${one.problems[0]?.summary ?? "no reason"}` : one.verdict.line;

/** Whether the stack has nothing to apply and no drift. Findings in it existed before. */
export const isQuiet = (one: OfStack): boolean => statusOf(one) === "no-changes";

/** The number of bindings that no rule can judge. */
const cautionsIn = (one: OfStack): number => (isNotPlanned(one) ? 0 : cautionsOf(one.bindings).length);

/** The most important first: by status; within a status, by the bindings that no rule can judge. */
export function byImportance(stacks: readonly OfStack[]): OfStack[] {
  const rank = (one: OfStack) => STATUSES.indexOf(statusOf(one));
  return [...stacks].sort((a, b) => rank(a) - rank(b) || cautionsIn(b) - cautionsIn(a) || compare(a.stack, b.stack));
}

export interface FleetOptions {
  readonly selection: Selection;
  readonly commit: string | undefined;
  readonly uncommitted: boolean | null;
  /** Knows the secrets of all stacks: one may show in the clear what another keeps secret. */
  readonly redactor: Redactor;
}

/** Combines reviews of stacks. The result does not depend on their order. */
export function fleetReview(stacks: readonly OfStack[], options: FleetOptions): FleetReview {
  const { selection, commit, uncommitted, redactor } = options;
  const shown = stacks
    .map((one) => (isNotPlanned(one) ? redactedNotPlanned(one, redactor) : redactedReview(one, redactor)))
    .sort((a, b) => compare(a.stack, b.stack));
  const counted = tally(STATUSES, shown.map(statusOf));
  const counts: Partial<Record<Verb, number>> = {};
  for (const verb of VERBS) {
    const count = shown.reduce((sum, one) => sum + (isNotPlanned(one) ? 0 : (one.counts[verb] ?? 0)), 0);
    if (count > 0) counts[verb] = count;
  }
  const worst = counted[0]?.[0] ?? "no-changes";
  const line = counted.map(([status, count]) => plural(count, ...WORDS[status])).join(", ");
  return {
    fleet: selectionText(selection),
    selection,
    commit: commit ?? null,
    uncommitted,
    verdict: { status: worst, line: `${plural(shown.length, "stack")}: ${line}` },
    statuses: Object.fromEntries(counted),
    counts,
    stacks: shown,
  };
}

/** "12 to add, 3 to change"; empty when there is nothing to apply. */
export const totalsOf = ({ counts }: FleetReview): string =>
  VERBS.flatMap((verb) => (counts[verb] === undefined ? [] : [`${counts[verb]} ${VERB_WORDS[verb]}`])).join(", ");

/** "prod-*: 3 stacks: 1 stops alerts, 2 without changes" */
export const fleetTitle = ({ fleet, verdict }: FleetReview): string => `${fleet}: ${verdict.line}`;
