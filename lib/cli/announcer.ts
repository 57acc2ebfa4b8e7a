import { problemSummary } from "../core/problem";
import { sortFindings } from "../core/finding";
import { systemClock } from "../core/clock";
import { announce, runLink, type Announcement, type MailNotice, type NotificationChannel } from "../notify";
import type { ChainProof } from "../proof/proof";
import { commandRuntime } from "../inventory/runtime";
import { detectionsOf, findingsOf, nameOf, type Detected } from "../reconcile/fleet/detected";
import { announced } from "./announced";
import { problemsIn } from "./errors";
import { ExitCode } from "./exit-code";
import { sendByFallback } from "./fallback-mail";
import type { MailTest } from "./mail/mail-test";
import type { NotifyOptions } from "./notify-options";
import type { Surroundings } from "./surroundings";

/** Notifies people of the result of each check; repeated results only when that is requested. */
export class Announcer {
  /** The last announcement. */
  private last: Announcement | undefined;
  /** The chains of the last proof. */
  private chains: readonly ChainProof[] = [];

  constructor(
    private readonly channels: readonly NotificationChannel[],
    private readonly options: Pick<NotifyOptions, "notifyOk" | "notifyAuthor">,
    private readonly fallbacks: readonly MailTest[],
  ) {}

  async report(detected: Detected, exitCode: ExitCode, surroundings: Surroundings): Promise<void> {
    const { verdict, summary, detectedAt: at } = detected;
    const stack = nameOf(detected);
    this.chains = detectionsOf(detected).flatMap(({ proof }) => proof?.chains ?? []);
    const state = exitCode === ExitCode.ok ? "ok" : verdict === "unknown" ? "unknown" : "failed";
    await this.announce({ stack, state, exitCode, summary, findings: findingsOf(detected), at }, surroundings);
  }

  /** Announces a check that could not be made: nobody reads the log of a job at night. */
  async failed(stack: string, error: unknown, surroundings: Surroundings): Promise<void> {
    const { clock = systemClock, redactor } = surroundings;
    const problems = problemsIn(error);
    const findings = problems.map((problem) => ({
      severity: "error" as const,
      id: problem.code.replace("/", "-"),
      path: "",
      summary: problemSummary(problem, (text) => redactor.redact(text)),
      why: "The check could not be made, so that nobody knows whether alerts get through.",
      fix: redactor.redact(problem.fix),
    }));
    const at = new Date(clock.now()).toISOString();
    const summary = "the check could not be made";
    await this.announce({ stack, state: "unknown", exitCode: ExitCode.failed, summary, findings, at }, surroundings);
  }

  private async announce(result: Announcement, surroundings: Surroundings): Promise<void> {
    const { channels, last } = this;
    if (channels.length === 0) return;
    this.last = result;
    const link = runLink(surroundings.environment);
    const announcement = {
      ...result,
      findings: sortFindings(result.findings),
      ...(link === undefined ? {} : { link }),
    };
    const again = last !== undefined && contentOf(last) === contentOf(result);
    const outcomes = await announce(
      announcement,
      again ? channels.filter(listensAlways) : channels,
      this.runtime(surroundings, last),
    );
    const redact = (text: string) => surroundings.redactor.redact(text);
    for (const { problem } of outcomes) if (problem !== undefined) surroundings.err(announced(problem, redact));
  }

  private runtime(surroundings: Surroundings, last: Announcement | undefined) {
    const { environment, interrupted: signal, redactor } = surroundings;
    const { clock, random, userAgent } = commandRuntime(surroundings, redactor);
    const { notifyOk = false, notifyAuthor: author } = this.options;
    // Whoever was notified of the failure is notified of its end.
    const announceOk = notifyOk || (last !== undefined && last.state !== "ok");
    const sendMail = (notice: MailNotice, until: AbortSignal) =>
      sendByFallback(notice, this.fallbacks, this.chains, until, surroundings);
    return {
      sendMail,
      environment,
      redactor,
      clock,
      random,
      signal,
      userAgent,
      announceOk,
      ...(author === undefined ? {} : { author }),
    };
  }
}

/** Silence is an alarm for a heartbeat, and an issue shows the current state. */
const listensAlways = ({ kind }: NotificationChannel): boolean => kind === "heartbeat" || kind === "issue";

const contentOf = ({ state, exitCode, findings }: Announcement): string =>
  JSON.stringify([state, exitCode, findings.map(({ id, path }) => [id, path])]);
