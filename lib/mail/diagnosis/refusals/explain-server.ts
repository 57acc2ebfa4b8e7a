import type { ServerRefusal } from "../../../core/platform-test";
import { explainReported } from "./explain";
import { refusalsIn } from "./reported-refusal";
import { recognizeProvider } from "./providers";

/** The mail server in somebody else's report, as far as it is known. */
interface TalkedTo {
  readonly host: string;
  readonly login?: unknown;
}

/**
 * Explains a mail server's refusal in somebody else's report. The last one counts: earlier text is the program's own.
 * Undefined when there is none.
 */
export function explainServer(words: string, { host, login }: TalkedTo): ServerRefusal | undefined {
  const reported = refusalsIn(words).at(-1);
  if (reported === undefined) return undefined;
  const provider = recognizeProvider({ host });
  const { problem, interpretation } = explainReported(reported.parsed, reported.text, {
    ...(reported.stage && { stage: reported.stage }),
    ...(provider && { provider }),
    login: login === undefined ? "none" : "given",
  });
  const prose = interpretation ?? problem.prose;
  return prose && { cause: problem.code.slice("mail/".length), summary: prose.summary, fix: prose.fix };
}
