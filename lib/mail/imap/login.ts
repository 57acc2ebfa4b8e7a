import { ProblemError, type Problem } from "../../core/problem";
import { printable } from "../../core/printable";
import { tlsWords } from "../wire/tls-failure";
import { remedyFor } from "../stage/remedy";
import { errorCode } from "../../core/thrown";
import { explainImapTls, explainStep } from "./explain";
import type { ImapMailbox } from "./mailbox";
import type { ExplainEntryRefusal } from "./refusal";
import { describe, type ReachedMailbox } from "./reach";
import { remedies } from "./remedies";

/** Throws the problem when the server offers no login for what is configured: then nothing secret is sent. */
export function checkLogin(mailbox: ImapMailbox, { capabilities }: ReachedMailbox): void {
  const offered = `offered: ${describe(capabilities)}`;
  if (mailbox.accessToken === true) {
    const takesTokens = ["AUTH=XOAUTH2", "AUTH=OAUTHBEARER"].some((word) => capabilities.has(word));
    if (!takesTokens) throw new ProblemError(remedyFor(remedies.noOauth, {}, offered));
    return;
  }
  const takesPasswords = ["AUTH=PLAIN", "AUTH=LOGIN"].some((word) => capabilities.has(word));
  if (takesPasswords || !capabilities.has("LOGINDISABLED")) return;
  const problem = mailbox.security === "none" ? remedies.loginDisabled : remedies.noCommonMechanism;
  throw new ProblemError(remedyFor(problem, {}, offered));
}

/** The fields that the client adds to the error of a login. */
interface LoginError {
  /** "NO" or "BAD", when the server judged the login. */
  readonly responseStatus?: string;
  readonly response?: unknown;
  readonly tlsFailed?: boolean;
  readonly responseText?: string;
  /** "AUTHENTICATIONFAILED". @see RFC 5530 */
  readonly serverResponseCode?: string;
  /** The server's JSON about a refused token. */
  readonly oauthError?: { readonly status?: unknown };
}

/** The answer after an accepted login. */
const NOT_CONNECTED = /authenticated but not connected/i;

export function explainLogin(
  error: unknown,
  mailbox: ImapMailbox,
  reached: Pick<ReachedMailbox, "greeting" | "capabilities">,
  explain: ExplainEntryRefusal,
): Problem {
  const refused = (said: string) => {
    const meant = explain({ step: "login", said, mailbox, reached });
    return meant ?? remedyFor(remedies.refused, { step: "login" }, printable(said));
  };
  const {
    responseStatus,
    response,
    tlsFailed,
    responseText = "",
    serverResponseCode,
    oauthError,
  } = (error ?? {}) as LoginError;
  if (responseStatus === undefined) {
    // What the client found out after the login.
    if (typeof response === "string" && NOT_CONNECTED.test(response)) return refused(response);
    const code = errorCode(error);
    if (/CERT|ISSUER|LEAF_SIGNATURE/.test(code))
      return remedyFor(remedies.secondCertificate, { host: mailbox.host }, tlsWords(error));
    return tlsFailed === true ? explainImapTls(error, mailbox) : explainStep(error, "login");
  }
  const token = oauthError === undefined ? undefined : `token status ${String(oauthError.status)}`;
  return refused(
    [serverResponseCode && `[${serverResponseCode}]`, responseText, token].filter((word) => word).join(" "),
  );
}
