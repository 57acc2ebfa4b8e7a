import type { Command } from "commander";
import { integer } from "./numbers";

/** The options of a command that accepts several stacks. */
export interface StackOptions {
  readonly parallelism: string;
}

/** No machine runs more processes of Terraform well. */
const MOST = 100;

/** Adds the options for stacks, and for how many are handled at the same time. */
export function stackOptions(command: Command): Command {
  return command
    .argument("[stacks...]", "which ones, where there are several: names, or patterns such as 'outbound-production-*'")
    .option("--parallelism <number>", "of several stacks, how many at a time", "4");
}

/**
 * How many stacks are handled at the same time.
 *
 * @throws ProblemError `cli/bad-option`
 */
export const parallelismOf = ({ parallelism }: StackOptions): number => integer("--parallelism", parallelism, 1, MOST)!;

/**
 * Whether one report covers all selected stacks. A pattern always gets one, even if it matches a single stack today:
 * the form of the report must not change when a stack is added.
 */
export const isFleet = (names: readonly string[]): boolean =>
  names.length > 1 || names.some((name) => name.includes("*"));

/** The selection as text, for reports and issues: as it was written, so that it stays the same. */
export const fleetName = (names: readonly string[]): string => [...new Set(names)].join(", ");
