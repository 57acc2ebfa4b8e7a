import type { Command } from "commander";
import { integer } from "./numbers";

/** Of a command that takes several stacks. */
export interface StackOptions {
  readonly parallelism: string;
}

/** More processes of Terraform than any machine runs well. */
const MOST = 100;

/** Gives a command the stacks that it is about, and how many of them it takes at a time. */
export function stackOptions(command: Command): Command {
  return command
    .argument("[stacks...]", "which ones, where there are several: names, or patterns such as 'outbound-production-*'")
    .option("--parallelism <number>", "of several stacks, how many at a time", "4");
}

/**
 * How many stacks are taken at a time.
 *
 * @throws ProblemError `cli/bad-option`
 */
export const parallelismOf = ({ parallelism }: StackOptions): number => integer("--parallelism", parallelism, 1, MOST)!;

/**
 * Whether one report is wanted for all that is named. A pattern asks for one even where a single stack matches it today: what
 * reads the report must not meet another form when a stack is added.
 */
export const isFleet = (names: readonly string[]): boolean =>
  names.length > 1 || names.some((name) => name.includes("*"));

/** What several stacks are called together, in reports and issues: as they were asked for, so that it stays the same. */
export const fleetName = (names: readonly string[]): string => [...new Set(names)].join(", ");
