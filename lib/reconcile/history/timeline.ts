import { timeOf } from "./history";
import type { Round } from "./round";

/** The state of something in one slot; `none`: there was no round. */
export type SlotState = "good" | "bad" | "unknown" | "none";

export interface Slot {
  /** Milliseconds since 1970. */
  readonly from: number;
  readonly state: SlotState;
  /** The number of rounds that examined it. */
  readonly rounds: number;
  /** The stages that failed, without duplicates. */
  readonly failed: readonly string[];
}

export interface Timeline {
  /** An address, or the name of the stack. */
  readonly title: string;
  readonly slots: readonly Slot[];
  /** In how many of the rounds with a known state it was good. */
  readonly good: number;
  readonly told: number;
}

/** The number of columns that a page has room for. */
const MOST_SLOTS = 48;

/** The state of one thing in one round. */
interface Sight {
  readonly at: number;
  readonly state: Exclude<SlotState, "none">;
  readonly failed?: string;
}

const STATE = { through: "good", broken: "bad", unknown: "unknown" } as const;

/** A timeline for the stack, then one for every way of the mail in any of the rounds; all have the same slots. */
export function timelinesOf(rounds: readonly Round[]): Timeline[] {
  const [first, last] = [rounds[0], rounds.at(-1)];
  if (first === undefined || last === undefined) return [];
  const sights = new Map<string, Sight[]>();
  const add = (title: string, sight: Sight) => {
    const known = sights.get(title);
    if (known === undefined) sights.set(title, [sight]);
    else known.push(sight);
  };
  for (const round of rounds) {
    const at = timeOf(round);
    add(round.stack, { at, state: stateOf(round) });
    for (const { address, state, failedStage } of round.chains) {
      add(address, { at, state: STATE[state], ...(failedStage === undefined ? {} : { failed: failedStage }) });
    }
  }
  const parts = partsOf(rounds);
  return [...sights].map(([title, seen]) => ({
    title,
    slots: slotsOf(seen, parts),
    good: seen.filter(({ state }) => state === "good").length,
    told: seen.filter(({ state }) => state !== "unknown").length,
  }));
}

/**
 * The start of each slot: one slot for each round while there is room, else slots of equal length, so that gaps are
 * visible.
 */
function partsOf(rounds: readonly Round[]): number[] {
  if (rounds.length <= MOST_SLOTS) return [...new Set(rounds.map(timeOf))];
  // Two rounds in each slot at least: rounds are not quite regular, and that must not look like a gap.
  const count = Math.min(MOST_SLOTS, Math.floor(rounds.length / 2));
  const begin = timeOf(rounds[0]!);
  const length = timeOf(rounds.at(-1)!) - begin;
  return Array.from({ length: count }, (_, index) => begin + (length * index) / count);
}

function slotsOf(seen: readonly Sight[], parts: readonly number[]): Slot[] {
  let next = 0;
  return parts.map((from, index) => {
    const until = parts[index + 1] ?? Infinity;
    const within: Sight[] = [];
    for (; next < seen.length && seen[next]!.at < until; next += 1) within.push(seen[next]!);
    const failed = [...new Set(within.flatMap((one) => one.failed ?? []))];
    return { from, state: worst(within), rounds: within.length, failed };
  });
}

/** One failure in a slot is not hidden by its successes. */
function worst(part: readonly Sight[]): SlotState {
  for (const state of ["bad", "unknown", "good"] as const) if (part.some((one) => one.state === state)) return state;
  return "none";
}

const stateOf = ({ verdict }: Round): Sight["state"] =>
  verdict === "in-sync" ? "good" : verdict === "unknown" ? "unknown" : "bad";
