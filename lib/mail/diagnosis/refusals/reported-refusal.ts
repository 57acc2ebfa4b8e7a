import { printable } from "../../../core/printable";
import { parseImapRefusal, parseRefusal, type ParsedRefusal } from "./parsed-refusal";
import type { RefusalStage } from "./situation";

/** A refusal in somebody else's report: a log, a bounce, a program's message. */
export interface ReportedRefusal {
  readonly parsed: ParsedRefusal;
  /** The original text, on one line. */
  readonly text: string;
  /** The stage, when the report names it. */
  readonly stage?: RefusalStage;
}

/** Longer texts are no logs that somebody wants to have explained. */
const LONGEST = 1_000_000;
const MOST_REPLIES = 200;
const LONGEST_REPLY = 1_000;

const ENHANCED = String.raw`[45]\.\d{1,3}\.\d{1,3}`;
/** Prefixes that programs put before a server's line. */
const LINE =
  /^(?:[<\s]*(?:<[-~]|S:|<<|SERVER ?(?:->|:)(?: ?CLIENT:)?|SMTP(?:<<|<)|remote:|recv:?)\s*)?([45]\d\d)(?:([ -])(.*))?$/;
/** An IMAP server's refusal, tagged or not: without a response code or a tag it could be any sentence. */
const IMAP_LINE =
  /^(?:[<\s]*(?:<[-~]|S:|<<)\s*)?((?:\*|[a-z]{0,8}\d{1,8}) (?:NO|BAD|BYE) .+|(?:NO|BAD|BYE) \[[A-Z][A-Z0-9-]*[ \]].*)$/;
const PASSED_ON = /(?:server response was|\bresponse):([^]+)$/i;
/** Basic codes that servers really use: other numbers of three digits may be anything. */
const CODE = String.raw`(?:421|43[25]|45[0-5]|50[0-4]|52[1-5]|53[0-8]|541|55[0-9]|571)`;
/** A reply in the middle of a text. */
const INSIDE = new RegExp(
  String.raw`(?<![\w.:/-])(${CODE})(?! ?(?:ms|s|bytes|[km]i?b)\b)(?:[ -]|, b?['"]| *:? )(?=${ENHANCED}|[a-z<"'(\[])(.*)`,
  "is",
);
/** A reply whose basic code a program has dropped, as .NET does. */
const ONLY_ENHANCED = new RegExp(String.raw`(?<![\w.])(${ENHANCED})(?=[\s:;,)])(.*)`, "is");

/** How logs and programs name the command that was answered. */
const STAGES: readonly (readonly [RegExp, RefusalStage])[] = [
  [/bad greeting|initial connection|in reply to (?:initial|connect)/i, "banner"],
  [/reply to (?:helo|ehlo)|after (?:helo|ehlo)/i, "EHLO"],
  [/reply to starttls|after starttls/i, "STARTTLS"],
  [
    /reply to auth|after auth|AuthenticationFailedException|SMTPAuthenticationError|AuthenticationException|invalid login/i,
    "AUTH",
  ],
  [/reply to mail from|after mail from|SMTPSender(?:Failed|Refused)|mail command failed|during mail from/i, "MAIL"],
  [
    /reply to rcpt|after rcpt|does not like recipient|SMTPAddressFailed|SMTPRecipientsRefused|FailedRecipient|all recipients were rejected/i,
    "RCPT",
  ],
  [
    /reply to (?:end of )?data|after (?:end of )?data|failed after i sent the message|end of data|SMTPDataError|message failed/i,
    "DATA",
  ],
];

const stageIn = (text: string): RefusalStage | undefined => STAGES.find(([sign]) => sign.test(text))?.[1];

/** Finds every refusal in a text: a reply as it was received, lines of a log, a bounce, the message of an exception. */
export function refusalsIn(text: string): readonly ReportedRefusal[] {
  const lines = unfolded(text.slice(0, LONGEST));
  const found: ReportedRefusal[] = [];
  // In a bounce, the line before the server's words names the stage: "SMTP error from remote mail server after RCPT
  // TO:<b@example.com>:".
  let announced: RefusalStage | undefined;
  for (let index = 0; index < lines.length && found.length < MOST_REPLIES; index++) {
    const before = announced;
    announced = stageIn(lines[index]!);
    // Earlier text is the program's own, such as the status of its own answer.
    const passedOn = PASSED_ON.exec(lines[index]!)?.[1];
    const quoted = passedOn === undefined ? undefined : inside(passedOn, announced ?? before);
    if (quoted) {
      found.push(quoted);
      continue;
    }
    const first = LINE.exec(lines[index]!.trimStart());
    if (first) {
      const texts = [first[3] ?? ""];
      let last = first;
      while (last[2] === "-" && index + 1 < lines.length) {
        const next = LINE.exec(lines[index + 1]!.trimStart());
        if (next === null || next[1] !== first[1]) break;
        texts.push(next[3] ?? "");
        last = next;
        index++;
      }
      found.push(reported(Number(first[1]), texts, before));
      continue;
    }
    const other = ofMailbox(lines[index]!) ?? inside(lines[index]!, announced ?? before);
    if (other) found.push(other);
  }
  return found;
}

/** Joins continued lines, as in the header of a bounce. */
function unfolded(text: string): string[] {
  const lines: string[] = [];
  let isOpen = false;
  for (const line of text.split(/\r\n?|\n/)) {
    if (isOpen && /^[ \t]+[^ \t]/.test(line)) {
      lines.push(`${lines.pop()!} ${line.trimStart()}`);
      continue;
    }
    isOpen = /diagnostic-code:/i.test(line);
    lines.push(line);
  }
  return lines;
}

function ofMailbox(line: string): ReportedRefusal | undefined {
  const text = IMAP_LINE.exec(line.trimStart())?.[1];
  const parsed = text === undefined ? undefined : parseImapRefusal(text);
  return parsed && { parsed, text: printable(text!, LONGEST_REPLY), stage: "IMAP" };
}

function inside(line: string, stage: RefusalStage | undefined): ReportedRefusal | undefined {
  const whole = INSIDE.exec(line);
  if (whole) {
    const [, code = "", rest = ""] = whole;
    return reported(Number(code), [withoutRepeats(rest, code)], stage);
  }
  const half = ONLY_ENHANCED.exec(line);
  if (!half) return undefined;
  const [, enhanced = "", rest = ""] = half;
  const parsed = parseRefusal([withoutTail(rest)], undefined, enhanced);
  return { parsed, text: printable(`${enhanced} ${withoutTail(rest)}`, LONGEST_REPLY), ...(stage && { stage }) };
}

/** Removes the repeated codes of lines that were joined: `550-5.7.1 no 550 5.7.1 mail`. */
function withoutRepeats(rest: string, code: string): string {
  return withoutTail(rest).replace(new RegExp(String.raw`\s${code}[ -](?:${ENHANCED}\s+)?`, "g"), " ");
}

/** Removes the program's own text after the server's words. */
function withoutTail(text: string): string {
  const said = before(/\(in reply to [^()]*\)/i, text)
    // As Sendmail logs it: `dsn=5.1.1, stat=User unknown`.
    .replace(/^[,;:\s]+(?:stat=)?/i, "");
  const own = before(/nested exception/i, said);
  if (own === said) return said.trim();
  return own
    .trimEnd()
    .replace(/;$/, "")
    .trimEnd()
    .replace(/['"]?\)?$/, "")
    .trim();
}

function before(sign: RegExp, text: string): string {
  const at = text.search(sign);
  return at < 0 ? text : text.slice(0, at);
}

function reported(code: number, texts: readonly string[], stage?: RefusalStage): ReportedRefusal {
  const parsed = parseRefusal(texts, code);
  const at = stageIn(texts.join(" ")) ?? stage;
  return { parsed, text: printable(`${code} ${texts.join(" ")}`, LONGEST_REPLY), ...(at && { stage: at }) };
}
