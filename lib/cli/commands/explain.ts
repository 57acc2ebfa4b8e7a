import { Option, type Command } from "commander";
import { explainReported, REFUSAL_STAGES, type RefusalStage } from "../../mail/diagnosis/refusals";
import { isMessage, partsOfBounce } from "../../mail/diagnosis/refusals/bounce";
import { refusalsIn, type ReportedRefusal } from "../../mail/diagnosis/refusals/reported-refusal";
import { sentLogins } from "../../mail/diagnosis/refusals/sent-logins";
import { recognizeProvider } from "../../mail/diagnosis/refusals/providers";
import type { Redactor } from "../../core/redaction";
import { jsonText, type JsonDocument } from "../../core/json-document";
import { ProblemError, problemInTerms } from "../../core/problem";
import { timeSpan } from "../../core/time-span";
import { noRefusal } from "../errors";
import { ExitCode } from "../exit-code";
import { asOption } from "../mail/option-names";
import type { Runner } from "../runner";
import type { Surroundings } from "../surroundings";

interface Options {
  readonly stage?: RefusalStage;
  readonly host?: string;
  readonly json?: boolean;
}

const help = `
Examples:
  $ outbound explain '550 5.7.1 Unable to relay' --stage RCPT
  $ outbound explain '535 5.7.8 Error: authentication failed' --host smtp.mail.me.com
  $ grep status=bounced /var/log/mail.log | outbound explain
  $ outbound explain --json < bounce.eml

Quote the reply, or leave it out to have it read from standard input: lines of a log, a bounce, a transcript, the message
of an exception. All that is known is in docs/mail-diagnosis.md.`;

/** `outbound explain`: explains a mail server's refusal without contacting a server. */
export function explainCommand(command: Command, runner: Runner): void {
  command
    .description(
      "Says what is behind a refusal: who has to change what, and whether asking again helps. By the same knowledge as\n" +
        "`outbound probe`, `outbound send` and the test mail of a deployment.",
    )
    .argument("[reply...]", "the server's words, codes included; none: standard input is read")
    .addOption(new Option("--stage <stage>", "what was answered by it").choices(REFUSAL_STAGES))
    .option("--host <host>", "the server's name, where it tells whose server it is")
    .option("--json", "print what was understood as JSON")
    .addHelpText("after", help)
    .action((words: string[], options: Options) => runner.run((surroundings) => explain(words, options, surroundings)));
}

async function explain(words: readonly string[], options: Options, surroundings: Surroundings): Promise<ExitCode> {
  const text = words.length > 0 ? words.join(" ") : ((await surroundings.input?.()) ?? "");
  const refusals = await refusalsInText(text);
  if (refusals.length === 0) throw new ProblemError(noRefusal());
  const { redactor } = surroundings;
  for (const login of sentLogins(text)) redactor.add(login);
  const explained = unlike(refusals.map((heard) => asRecord(heard, options, redactor)));
  if (options.json) {
    const document: ExplanationDocument = { format: "outbound-explanation/1", replies: explained };
    surroundings.out(jsonText(document).trimEnd());
  } else surroundings.print(explained.map(asText).join("\n\n"));
  return explained.every(({ known }) => known) ? ExitCode.ok : ExitCode.failed;
}

/** The refusals in a bounce, from the first part that has any: the others repeat it. */
async function refusalsInText(text: string): Promise<readonly ReportedRefusal[]> {
  if (!isMessage(text)) return refusalsIn(text);
  for (const part of await partsOfBounce(text)) {
    const heard = refusalsIn(part);
    if (heard.length > 0) return heard;
  }
  return [];
}

/** The replies of mail servers with their explanations; each reply once. */
export interface ExplanationDocument extends JsonDocument<"outbound-explanation/1"> {
  readonly replies: readonly ExplainedReply[];
}

export interface ExplainedReply {
  /** The server's words, without logins. */
  readonly reply: string;
  /** The command that it answers; null when that is not known. */
  readonly stage: RefusalStage | null;
  /** True when the text of the reply is known, not only its code. */
  readonly known: boolean;
  /** Stable: `mail/no-such-mailbox`. */
  readonly code: string;
  readonly meaning: string;
  /** What to do. */
  readonly remedy: string;
  /** The part of the reply that was recognised; null when its text is not known. */
  readonly evidence: string | null;
  /** The row of the table of replies that matches; null when none does. */
  readonly row: string | null;
  /** The source of that row. */
  readonly source: string | null;
  readonly retry: {
    /** Whether a retry may succeed although nothing else changes. */
    readonly helps: boolean;
    readonly afterSeconds: number | null;
  };
}

function asRecord(
  { parsed, text, stage: heardAt }: ReportedRefusal,
  { stage = heardAt, host }: Options,
  redactor: Pick<Redactor, "redact">,
): ExplainedReply {
  const provider = host === undefined ? undefined : recognizeProvider({ host });
  const { problem, interpretation, retry } = explainReported(parsed, text, {
    ...(stage && { stage }),
    ...(provider && { provider }),
  });
  const { code, summary, fix } = problemInTerms(problem, asOption);
  return {
    reply: redactor.redact(text),
    stage: stage ?? null,
    known: interpretation !== undefined,
    code,
    meaning: summary,
    remedy: fix,
    evidence: interpretation?.evidence ?? null,
    row: interpretation?.row.id ?? null,
    source: interpretation?.row.source ?? null,
    retry: { helps: retry.kind !== "never", afterSeconds: "seconds" in retry ? (retry.seconds ?? null) : null },
  };
}

/** Drops duplicates: a log repeats a reply many times. */
function unlike(records: readonly ExplainedReply[]): readonly ExplainedReply[] {
  const seen = new Set<string>();
  return records.filter(({ reply, stage }) => {
    const key = `${stage} ${reply}`;
    return !seen.has(key) && seen.add(key);
  });
}

function asText({ reply, stage, known, code, meaning, remedy, evidence, source, retry }: ExplainedReply): string {
  const again = retry.helps
    ? `helps${retry.afterSeconds === null ? "" : `, after ${timeSpan(retry.afterSeconds * 1_000)}`}`
    : "does not help before something has changed";
  return [
    stage === null ? reply : `${reply} (${stage})`,
    `  means       ${meaning} (${code})`,
    `  to do       ${remedy}`,
    `  again       asking again ${again}`,
    known
      ? `  told by     ${evidence}; known from: ${source}`
      : "  told by     nothing more than its code: nobody here knows these words",
  ].join("\n");
}
