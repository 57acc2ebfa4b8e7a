import { inProse, type Problem } from "../../../core/problem";
import { prose, type Prose } from "../../../core/prose";
import type { Reply } from "../../smtp/reply";
import { refused, refusedForNow } from "./causes";
import type { Cause } from "./cause";
import { askedToWait, classify, familyOf, type Interpretation } from "./engine";
import { parseRefusal, isTemporary, type ParsedRefusal } from "./parsed-refusal";
import { setting } from "./setting";
import type { Situation } from "./situation";

/** The explanation of a refusal: its meaning, whether a retry helps, and what to do. */
export interface Explained {
  readonly problem: Problem;
  /** Undefined where no row matches the reply. */
  readonly interpretation?: Interpretation;
  readonly retry: Interpretation["retry"];
  /** In seconds, when the server names a time. */
  readonly askedToWait?: number;
}

/**
 * Explains a refusal with one problem and one remedy. For an unknown reply it gives the meaning of the code's family.
 */
export function explainReply(
  reply: Pick<Reply, "code" | "enhanced" | "lines" | "text">,
  situation: Situation,
): Explained {
  return explainReported(parseRefusal(reply.lines, reply.code, reply.enhanced), reply.text, situation);
}

/** Explains a reported refusal, like {@link explainReply}. `evidence` are the words to show. */
export function explainReported(refusal: ParsedRefusal, evidence: string, situation: Situation): Explained {
  const interpretation = classify(refusal, situation);
  if (interpretation) {
    const { cause, summary, retry } = interpretation;
    const asked = askedToWait(refusal.words);
    const fix = retry.kind === "soon" && asked !== undefined ? cameTooEarly(asked) : interpretation.fix;
    return {
      problem: problemOf({ ...cause, summary, fix }, evidence),
      interpretation,
      retry,
      ...(asked === undefined ? {} : { askedToWait: asked }),
    };
  }
  const temporary = isTemporary(refusal) === true;
  const { id, fix, retry } = temporary ? refusedForNow : refused;
  const at = situation.stage === undefined ? "" : ` ${situation.stage}`;
  const family = familyOf(refusal);
  const summary = prose`The server refused${at}${family === "" ? "" : ` (${family})`}`;
  return {
    problem: problemOf({ id, summary, fix }, evidence),
    retry: retry.kind === "later" ? retry : { kind: "never" },
  };
}

const cameTooEarly = (seconds: number): Prose =>
  prose`Temporary: the server asks to be left alone for ${String(seconds)} s. Set ${setting("timeout_seconds", String(seconds + 60))} to wait that long, or have this machine's IP address exempted from greylisting.`;

/** Makes a problem from a cause. */
export function problemOf({ id, summary, fix }: Pick<Cause, "id" | "summary" | "fix">, evidence = ""): Problem {
  return {
    code: `mail/${id}`,
    severity: "error",
    ...inProse(summary, fix),
    ...(evidence === "" ? {} : { evidence }),
  };
}
