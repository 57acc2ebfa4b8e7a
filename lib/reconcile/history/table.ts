import { plural } from "../../core/plural";
import { printableLine } from "../../core/printable";
import { mapStyled, styled, styledLines, toned, type Styled } from "../../core/styled";
import { HEAD, HEAD_TONE } from "../writers";
import type { History } from "./history";
import type { Round, RoundChain } from "./round";

/** The rounds as a table for a terminal, one a line, the last one at the end. */
export function historyToTable({ rounds, unreadable }: History): Styled {
  const width = (text: (round: Round) => string) =>
    rounds.reduce((most, round) => Math.max(most, text(round).length), 0);
  const [stackWidth, verdictWidth] = [width(({ stack }) => stack), width(({ verdict }) => HEAD[verdict])];
  const lines = rounds.map((round): Styled => {
    const { at, stack, verdict, summary, chains } = round;
    const others = chains.filter(({ state }) => state !== "through").map(chainText);
    const head = toned(HEAD_TONE[verdict], HEAD[verdict].padEnd(verdictWidth));
    return styled`${secondsOf(at)}  ${stack.padEnd(stackWidth)}  ${head}  ${[summary, ...others].join("; ")}`;
  });
  const left = unreadable === 0 ? [] : [`${plural(unreadable, "line is", "lines are")} no round of this version.`];
  const all = lines.length === 0 ? ["no rounds"] : lines;
  return styledLines([...all, ...left].map((line) => mapStyled(line, printableLine)));
}

/** "outbound_test_email.test broken at AUTH" */
export const chainText = ({ address, state, failedStage }: RoundChain): string =>
  [address, state, ...(failedStage === undefined ? [] : [`at ${failedStage}`])].join(" ");

/** The time without milliseconds: "2026-11-29T07:05:00Z". */
export const secondsOf = (at: string): string => at.replace(/\.\d+Z$/, "Z");
