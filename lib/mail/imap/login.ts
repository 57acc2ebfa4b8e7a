import { ProblemError, type Problem } from "../../core/problem";
import { printable } from "../../core/printable";
import { tlsWords } from "../wire/tls-failure";
import { remedyFor } from "../stage/remedy";
import { codeOf, explainImapTls, explainStep } from "./explain";
import type { Mailbox } from "./mailbox";
import { describe, type Reached } from "./reach";
import { remedies } from "./remedies";

/** Throws the problem when the server offers no way in for what is configured: then nothing secret is sent. */
export function checkLogin(mailbox: Mailbox, { capabilities }: Reached): void {
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

/** What the client adds to the error of a login. */
interface LoginError {
  /** "NO" or "BAD", when the server judged the login. */
  readonly responseStatus?: string;
  readonly response?: unknown;
  readonly tlsFailed?: boolean;
  readonly responseText?: string;
  /** "AUTHENTICATIONFAILED". @see RFC 5530 */
  readonly serverResponseCode?: string;
  /** What the server said of a token, as JSON. */
  readonly oauthError?: { readonly status?: unknown };
}

const NOT_CONNECTED = /authenticated but not connected/i;

type Row = (typeof remedies)[keyof typeof remedies];

/** What a server can mean by refusing a login, the most telling first. */
const MEANINGS: readonly (readonly [RegExp, Row])[] = [
  [
    /PRIVACYREQUIRED|(?:encrypt|tls|ssl|secure connection).{0,40}(?:required|first)|plaintext auth/i,
    remedies.encryptionRequired,
  ],
  [/imap.{0,30}(?:disabled|not enabled|not allowed)|(?:disabled|not enabled).{0,30}imap/i, remedies.imapDisabled],
  [
    /app(?:lication)?[- ]specific|app(?:lication)? password|web login required|basic auth/i,
    remedies.applicationPassword,
  ],
  [NOT_CONNECTED, remedies.notConnected],
  [/\bEXPIRED\b|password.{0,20}expired/i, remedies.passwordExpired],
  [/\bLIMIT\b|\bINUSE\b|too many|rate limit|throttl/i, remedies.tooManyConnections],
  [/UNAVAILABLE|SERVERBUG|internal error|temporar/i, remedies.loginUnavailable],
];

/** Exchange Online, which offers passwords and takes none. */
const isMicrosoft365 = ({ greeting, capabilities }: Pick<Reached, "greeting" | "capabilities">) =>
  /Microsoft Exchange IMAP4/i.test(greeting) && capabilities.has("AUTH=XOAUTH2");

export function explainLogin(
  error: unknown,
  mailbox: Mailbox,
  reached: Pick<Reached, "greeting" | "capabilities">,
): Problem {
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
    if (typeof response === "string" && NOT_CONNECTED.test(response)) {
      return remedyFor(remedies.notConnected, { username: mailbox.username }, printable(response));
    }
    const code = codeOf(error);
    if (/CERT|ISSUER|LEAF_SIGNATURE/.test(code))
      return remedyFor(remedies.secondCertificate, { host: mailbox.host }, tlsWords(error));
    return tlsFailed === true ? explainImapTls(error, mailbox) : explainStep(error, "login");
  }
  const { username } = mailbox;
  const token = oauthError === undefined ? undefined : `token status ${String(oauthError.status)}`;
  const said = [serverResponseCode && `[${serverResponseCode}]`, responseText, token].filter((word) => word).join(" ");
  const meaning = MEANINGS.find(([words]) => words.test(said))?.[1];
  const row =
    meaning ??
    (mailbox.accessToken === true
      ? remedies.tokenRefused
      : isMicrosoft365(reached)
        ? remedies.passwordsRetired
        : remedies.loginRefused);
  return remedyFor(row as typeof remedies.loginRefused, { username }, printable(said));
}
