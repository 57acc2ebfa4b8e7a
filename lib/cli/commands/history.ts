import { Option, type Command } from "commander";
import { systemClock } from "../../core/clock";
import { jsonText } from "../../core/json-document";
import { readHistory } from "../../reconcile/history/history";
import { historyToHtml } from "../../reconcile/history/html";
import { historyToTable } from "../../reconcile/history/table";
import { ExitCode } from "../exit-code";
import { historyOption, historyPath } from "../history-option";
import type { Runner } from "../runner";
import { span } from "../spans";

interface Options {
  readonly history: string;
  readonly stack?: string;
  readonly since?: string;
  readonly format: "table" | "json" | "html";
}

const LONGEST_MS = 3_650 * 86_400_000;

const help = `
Examples:
  $ outbound history --since 7d
  $ outbound history --format html > history.html

The page has a timeline for each way of the mail. It holds everything itself, runs no script and loads nothing.`;

/** `outbound history`: shows the rounds that `outbound watch` has recorded. */
export function historyCommand(command: Command, runner: Runner): void {
  historyOption(
    command.description("Shows the rounds that `outbound watch` has kept."),
    "the file that it keeps them in",
  )
    .option("--stack <name>", "rounds of this stack alone")
    .option("--since <time>", "rounds of that long ago and later: 36h, 7d (default: all)")
    .addOption(new Option("--format <name>", "what to print").choices(["table", "json", "html"]).default("table"))
    .addHelpText("after", help)
    .action((options: Options) =>
      runner.run(async (surroundings) => {
        const { clock = systemClock, print, out } = surroundings;
        const { stack, since, format } = options;
        const now = clock.now();
        const history = readHistory(historyPath(options.history, surroundings), {
          ...(stack === undefined ? {} : { stack }),
          ...(since === undefined ? {} : { since: now - span("--since", since, 1_000, LONGEST_MS) }),
        });
        if (format === "table") print(historyToTable(history));
        else out((format === "json" ? jsonText(history) : historyToHtml(history)).trimEnd());
        return ExitCode.ok;
      }),
    );
}
