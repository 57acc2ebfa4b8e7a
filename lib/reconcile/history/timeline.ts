import { timeOf } from "./history";
import type { Round } from "./round";

/** How something was in a part of the time; `none`: nobody looked. */
export type SlotState = "good" | "bad" | "unknown" | "none";

export interface Slot {
  /** Milliseconds since 1970. */
  readonly from: number;
  readonly state: SlotState;
  /** How many rounds looked. */
  readonly rounds: number;
  /** The stages that failed, each once. */
  readonly failed: readonly string[];
}

export interface Timeline {
  /** An address, or the name of the stack. */
  readonly title: string;
  readonly slots: readonly Slot[];
  /** Of the rounds that could tell, how many found it good. */
  readonly good: number;
  readonly told: number;
}

/** Columns that a page has room for. */
const MOST_SLOTS = 48;

/** What was seen of one thing in one round. */
interface Sight {
  readonly at: number;
  readonly state: Exclude<SlotState, "none">;
  readonly failed?: string;
}

const STATE = { through: "good", broken: "bad", unknown: "unknown" } as const;

/** The stack itself first, then every way of the mail that any of the rounds knew; all have the same parts of the time. */
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

/** When each part of the time begins: one for each round while there is room, else equal ones, so that gaps are seen. */
function partsOf(rounds: readonly Round[]): number[] {
  if (rounds.length <= MOST_SLOTS) return [...new Set(rounds.map(timeOf))];
  // Two rounds each at least: rounds are not quite regular, and none of these gaps is one.
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

/** One failure in a part of the time is not hidden by what went well in it. */
function worst(part: readonly Sight[]): SlotState {
  for (const state of ["bad", "unknown", "good"] as const) if (part.some((one) => one.state === state)) return state;
  return "none";
}

const stateOf = ({ verdict }: Round): Sight["state"] =>
  verdict === "in-sync" ? "good" : verdict === "unknown" ? "unknown" : "bad";
