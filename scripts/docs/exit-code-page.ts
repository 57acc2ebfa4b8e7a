import { commandExits, exitCodeRule, exitsOf } from "../../lib/cli/exit-code";
import { code, table } from "./markdown";

/** What every command of `outbound` tells the shell, from the table that its `--help` shows. */
export function exitCodePage(): string {
  const rows = Object.entries(commandExits).flatMap(([command, exits]) =>
    exitsOf(exits).map(([exit, meaning], index) => [index === 0 ? code(`outbound ${command}`) : "", exit, meaning]),
  );
  return [
    "# Exit codes",
    "One rule for every command:",
    table(["exit code", "meaning"], exitCodeRule),
    "`outbound reconcile` and `outbound watch` answer a wrong command line with 1, because their 2 means drift: a misspelt option in a pipeline must not look like it. The codes of the stages are in [the diagnosis of mails](../mail-diagnosis.md#exit-codes).",
    "## By command",
    table(["command", "exit code", "meaning"], rows),
  ].join("\n\n");
}
