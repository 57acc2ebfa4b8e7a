import type { Problem } from "../../core/problem";
import type { HttpError } from "../../http/error";
import type { HttpResponse } from "../../http/types";
import { forbidden, loginRefused, rateLimited, refused, unavailable, unexpectedAnswer } from "./problems";
import { vendorText } from "./vendor-text";
import type { ApiWords } from "./words";

/** A system's problems of failed calls; `doing` completes "could not …". */
export interface CallWords {
  callFailed(doing: string, failed: HttpError): Problem;
  unexpectedAnswer(doing: string, issues: string): Problem;
}

/** A refusal with everything that its explanation needs. */
export interface ExplainedRefusal {
  /** Completes "could not …". */
  readonly doing: string;
  readonly status: number;
  readonly response: HttpResponse;
  /** The call that was refused. */
  readonly failed: HttpError;
  /** The vendor's words, cleaned. */
  readonly evidence: string;
  /** The pause that the system asks for, in milliseconds. */
  readonly pauseMs: number | undefined;
}

/** The particulars of a system's refusals. */
export interface Refusals {
  /** Extracts the vendor's words from an error answer. @default the texts in the members that most APIs use */
  readonly wordsOf?: (response: HttpResponse) => readonly string[];
  /** Returns the problem for a refusal. @default undefined: the standard one for its status */
  readonly explain?: (refusal: ExplainedRefusal) => Problem | undefined;
}

/** The pause that the server asks for, in milliseconds. A date is ignored: the server's clock is unknown. */
function pauseOf({ headers }: HttpResponse): number | undefined {
  const seconds = Number(headers["retry-after"] || NaN);
  return Number.isFinite(seconds) ? seconds * 1_000 : undefined;
}

/** The standard problems of failed calls, combined with the particulars of the system. */
export function callWords(words: ApiWords, { wordsOf, explain }: Refusals = {}): CallWords {
  return {
    unexpectedAnswer: (doing, issues) => unexpectedAnswer(words, doing, issues),
    callFailed(doing, failed) {
      const { response } = failed;
      if (response === undefined) return unavailable(words, doing, failed);
      const { status } = response;
      const evidence = vendorText(response, wordsOf?.(response));
      const pauseMs = pauseOf(response);
      const special = explain?.({ doing, status, response, failed, evidence, pauseMs });
      if (special !== undefined) return special;
      if (status === 401) return loginRefused(words, doing, evidence);
      if (status === 403) return forbidden(words, doing, evidence);
      if (status === 429) return rateLimited(words, doing, evidence, { attempts: failed.attempts, pauseMs });
      return status >= 500 ? unavailable(words, doing, failed) : refused(words, doing, status, evidence);
    },
  };
}
