import type { Command } from "commander";
import { ProblemError, type Problem } from "../core/problem";
import { Redactor } from "../core/redaction";
import { forgeOfJob } from "../forge";
import { nameOf, readChannel, type NotificationChannel } from "../notify";
import { nearestWord } from "../validators/did-you-mean";
import { UsageError } from "./errors";
import { collect } from "./repeated";

export interface NotifyOptions {
  readonly notify: readonly string[];
  readonly notifyOk?: boolean;
  readonly notifyAuthor?: string;
}

/** Text for the `--help` of a command with these options. */
export const notifyHelp = `
Ways to tell somebody, by something else than the mail that is checked; URLs are secrets, so name the variable that holds one:
  webhook=VARIABLE    any service: JSON by POST, in the form outbound-announcement/1
  slack=VARIABLE      an incoming webhook of Slack
  teams=VARIABLE      a webhook of Microsoft Teams' Workflows
  heartbeat=VARIABLE  pinged when all is in order, else with the exit code, so that silence alarms: healthchecks.io, or any
                      URL with {exit_code} or {state} in it
  mail                by the second relay that the stack declares: \`fallback\` of an AlertMail, or of a test
  issue               one issue on the GitHub or GitLab of this job (permissions: issues: write; GITLAB_TOKEN), opened when a
                      check fails, updated while it goes on, closed when all is in order again`;

/** Adds the options that say who is notified of a check's result. */
export function notifyOptions(command: Command): Command {
  return command
    .option(
      "--notify <way>",
      "tell somebody: webhook=VARIABLE, slack=VARIABLE, teams=VARIABLE, heartbeat=VARIABLE, issue or mail; may be repeated",
      collect,
      [],
    )
    .option("--notify-ok", "tell webhook, slack and teams when all is in order, too")
    .option("--notify-author <account>", "whose issues count (default: the account of the token)");
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The channels on the command line, without duplicates; all their problems are reported together, before anything is
 * checked.
 *
 * @throws UsageError `notify/…`, and for `issue` outside of a job or without a token `forge/…`
 */
export function channelsOf(
  { notify }: Pick<NotifyOptions, "notify">,
  environment: Environment,
): readonly NotificationChannel[] {
  const channels = new Map<string, NotificationChannel>();
  const problems: Problem[] = [];
  for (const text of notify) {
    try {
      const channel = readChannel(text, environment, nearestWord);
      if (channel.kind === "issue") checkForge(environment);
      channels.set(nameOf(channel), channel);
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      problems.push(...error.problems);
    }
  }
  if (problems.length > 0) throw new UsageError(...problems);
  return [...channels.values()];
}

/** Makes the forge's client, to find out whether it can be made; sends nothing. */
function checkForge(environment: Environment): void {
  forgeOfJob({ environment, redactor: new Redactor(), userAgent: "" });
}
