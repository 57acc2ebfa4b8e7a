import type { ServerRefusal } from "../../../core/platform-test";
import { explainSaid } from "./explain";
import { refusalsIn } from "./reported-refusal";
import { recognizeProvider } from "./providers";

/** The mail server that somebody else has talked to, as far as it is known. */
interface TalkedTo {
  readonly host: string;
  readonly login?: unknown;
}

/**
 * What a mail server meant by a refusal that somebody else passes on. The last one counts: what stands before it is what a
 * program makes of it. Undefined when the words hold none.
 */
export function explainServer(words: string, { host, login }: TalkedTo): ServerRefusal | undefined {
  const heard = refusalsIn(words).at(-1);
  if (heard === undefined) return undefined;
  const provider = recognizeProvider({ host });
  const { problem, interpretation } = explainSaid(heard.said, heard.text, {
    ...(heard.stage && { stage: heard.stage }),
    ...(provider && { provider }),
    login: login === undefined ? "none" : "given",
  });
  const prose = interpretation ?? problem.prose;
  return prose && { cause: problem.code.slice("mail/".length), summary: prose.summary, fix: prose.fix };
}
