import type { Problem } from "../../../core/problem";
import { inProse } from "../../../core/problem";
import { prose, setting } from "../../../core/prose";
import { timeSpan } from "../../../core/time-span";
import type { HttpError } from "../../../http/error";
import { isOfDates, requestFailed } from "../../../http/errors";
import { CA_FIELD, caVariable } from "../certificate-authority";
import { httpVariable } from "../http-settings";
import { systemError, type ApiWords, type ObjectWords, type SystemWords } from "../words";

/** The problems of an API that refuses, fails or answers in an unexpected form. `doing` completes "could not …". */

/** 401: the credentials are refused. */
export const loginRefused = (words: ApiWords, doing: string, evidence: string): Problem =>
  systemError(words, "login-refused", {
    summary: `${words.title} does not accept ${words.login.credential}; could not ${doing}`,
    path: [words.name, words.login.setting],
    fix: words.login.fix,
    evidence,
  });

/** 403: the credentials are accepted, but lack the right. */
export const forbidden = (words: ApiWords, doing: string, evidence: string): Problem =>
  systemError(words, "forbidden", {
    summary: `${words.title} does not let this login do it; could not ${doing}`,
    path: [words.name, words.login.setting],
    fix: words.rights,
    evidence,
  });

/** Any other refusal, with the system's own words. */
export const refused = (words: SystemWords, doing: string, status: number, evidence: string): Problem =>
  systemError(words, `status-${status}`, {
    summary: `${words.title} refused; could not ${doing}`,
    fix: "See the answer: it usually names the field.",
    evidence,
  });

/** The retries of a throttled call. */
export interface Retries {
  /** The number of attempts. */
  readonly attempts: number;
  /** The pause that the system asked for, in milliseconds. */
  readonly pauseMs?: number | undefined;
}

/** 429: after all attempts, or when the system asks for a pause longer than the remaining time. */
export const rateLimited = (
  words: SystemWords,
  doing: string,
  evidence: string,
  { attempts, pauseMs }: Retries,
): Problem =>
  systemError(words, "rate-limited", {
    summary: `${words.title} ${attempts > 1 ? "still " : ""}says that there are too many requests${attempts > 1 ? `, after ${attempts} attempts` : ""}${pauseMs === undefined ? "" : `, and wants to be left alone for ${timeSpan(Math.ceil(pauseMs / 1000) * 1000)}`}; could not ${doing}`,
    fix: "Run it again later, or with less at once (terraform apply -parallelism=2). Other users of the same account count too.",
    evidence,
  });

/** No usable answer: name resolution, connection, TLS, time-out, proxy; or a failure of the service itself. */
export function unavailable(words: SystemWords, doing: string, failed: HttpError): Problem {
  const problem = requestFailed(words.title, failed);
  const summary = `${problem.summary}; could not ${doing}`;
  // No authority changes the dates of a certificate.
  if (failed.failure === "tls" && !isOfDates(failed)) {
    const fix = prose`Check the certificate: its names and its dates. Where its authority is one of your own, give that authority's certificate as ${setting(`${words.name}.${CA_FIELD}`)} in the provider block or as ${caVariable(words.name)} (PEM text, or the path of a PEM file), or for all connections as NODE_EXTRA_CA_CERTS (a path).`;
    return { ...problem, ...inProse(summary, fix) };
  }
  if (failed.failure !== "timeout") return { ...problem, summary };
  const more = prose`Check that firewall and proxy let this machine through, and that the service is up. If it is just slow, raise ${setting("http_timeout")} in the provider block (${setting(`${words.name}.http_timeout`)} for this system alone) or ${httpVariable("http_timeout", words.name)}.`;
  return { ...problem, ...inProse(summary, more) };
}

/** A successful answer in an unexpected form. `issues` names places, never values: answers may hold secrets. */
export const unexpectedAnswer = (words: ApiWords, doing: string, issues: string): Problem =>
  systemError(words, "unexpected-answer", {
    summary: `${words.title} answered in a form we do not know; could not ${doing}`,
    got: issues,
    fix: `${words.address} If it does, its API has changed: please report it.`,
  });

/** The system has no call that lists the objects, so nobody can know which exist. */
export const listMissing = ({ system, kind, where }: ObjectWords): Problem =>
  systemError(system, "no-list", {
    summary: `This ${system.title} does not list its ${kind}s`,
    fix: `Name them one by one, by the import ids that ${system.title} shows (${where}).`,
  });

/** A list without an end. It is refused, because the objects behind a cut would look deleted. */
export const endlessList = (words: ApiWords, doing: string): Problem =>
  unexpectedAnswer(words, doing, "page after page, without an end");
