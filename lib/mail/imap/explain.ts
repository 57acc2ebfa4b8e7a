import { ProblemError, type Problem } from "../../core/problem";
import { printable } from "../../core/printable";
import { errorCode, errorWords } from "../../core/thrown";
import { StepTimeout } from "../wire/deadline";
import { tlsFailureOf, tlsWords } from "../wire/tls-failure";
import { formatIpAndPort } from "../wire/ip-and-port";
import { remedyFor } from "../stage/remedy";
import { ImapDialogueError } from "./dialogue";
import { remedies } from "./remedies";

/** Explains a failed lookup. System errors are recognised by `code`, never by their message alone. */

export function explainName(error: unknown, host: string): Problem {
  const code = errorCode(error);
  if (code === "ENOTFOUND" || code === "ENODATA") return remedyFor(remedies.noSuchHost, { host }, code);
  return stopped(error, "DNS") ?? remedyFor(remedies.resolverFailed, { host }, code || errorWords(error));
}

export function explainImapConnect(error: unknown, ip: string, port: number): Problem {
  const where = formatIpAndPort(ip, port);
  const code = errorCode(error);
  if (error instanceof StepTimeout && !error.wasLate) {
    return remedyFor(remedies.connectTimeout, { where, time: `${error.ms} ms` });
  }
  switch (code) {
    case "ECONNREFUSED":
      return remedyFor(remedies.connectionRefused, { where });
    case "ETIMEDOUT":
      return remedyFor(remedies.connectTimeout, { where, time: "the system's own limit" });
    case "EHOSTUNREACH":
    case "ENETUNREACH":
    case "EADDRNOTAVAIL":
      return remedyFor(remedies.unreachable, { where, error: code });
    default:
      return stopped(error, "connection") ?? remedyFor(remedies.connectFailed, { where }, code || errorWords(error));
  }
}

export function explainImapTls(
  error: unknown,
  { host, port }: { readonly host: string; readonly port: number },
): Problem {
  if (error instanceof ProblemError) return error.problems[0]!;
  if (error instanceof ImapDialogueError) return explainStep(error, "TLS");
  if (error instanceof StepTimeout) {
    const step = "TLS";
    return error.wasLate ? remedyFor(remedies.outOfTime, { step }) : remedyFor(remedies.silent, { ms: error.ms, step });
  }
  const failure = tlsFailureOf(error);
  switch (failure.kind) {
    case "plain-text":
      return remedyFor(remedies.plainTextPort, { port });
    case "nothing-in-common":
      return remedyFor(remedies.tlsVersion, {}, failure.words);
    case "unknown-name":
    case "internal-error":
      return remedyFor(remedies.tlsNameUnknown, { host }, failure.words);
    case "closed":
      return remedyFor(remedies.closed, { step: "TLS" }, failure.words);
    case "client-certificate":
    case "other":
      return remedyFor(remedies.tlsFailed, {}, failure.words);
  }
}

/** Explains any error that can occur while commands and answers are exchanged. */
export function explainStep(error: unknown, step: string): Problem {
  if (error instanceof ProblemError) return error.problems[0]!;
  if (error instanceof StepTimeout && !error.wasLate) return remedyFor(remedies.silent, { ms: error.ms, step });
  if (error instanceof ImapDialogueError) {
    switch (error.fault) {
      case "closed":
        return remedyFor(remedies.closed, { step }, error.evidence);
      case "broken":
        return remedyFor(remedies.broken, { step }, tlsWords(error.cause));
      case "too-long":
        return remedyFor(remedies.protocolViolation, { step, what: "an answer without end" }, error.evidence);
      case "not-imap":
        return remedyFor(remedies.protocolViolation, { step, what: "no IMAP answer" }, error.evidence);
    }
  }
  return stopped(error, step) ?? explainClient(error, step);
}

/** Explains errors of the IMAP client. */
function explainClient(error: unknown, step: string): Problem {
  const { reason } = (error ?? {}) as { reason?: unknown };
  const said = typeof reason === "string" ? printable(reason) : undefined;
  const code = errorCode(error);
  switch (code) {
    case "NoConnection":
    case "EConnectionClosed":
    case "StateLogout":
    case "ClosedAfterConnectText":
    case "ClosedAfterConnectTLS":
      return remedyFor(remedies.closed, { step }, said);
    case "LineTooLarge":
    case "LiteralTooLarge":
    case "ResponseTooLarge":
      return remedyFor(remedies.protocolViolation, { step, what: "an answer without end" }, errorWords(error));
    case "UnexpectedTag":
    case "InvalidResponse":
    case "ResponseProcessingFailed":
    case "MAX_IMAP_NESTING_REACHED":
      return remedyFor(remedies.protocolViolation, { step, what: "no IMAP answer" }, errorWords(error));
    case "STARTTLS_INJECTION":
      return remedyFor(remedies.startTlsInjection, {}, errorWords(error));
    default:
      if (code.startsWith("ParserError")) {
        return remedyFor(remedies.protocolViolation, { step, what: "no IMAP answer" }, errorWords(error));
      }
      return remedyFor(
        remedies.broken,
        { step },
        code.startsWith("ERR_SSL") ? tlsWords(error) : code || errorWords(error),
      );
  }
}

function stopped(error: unknown, step: string): Problem | undefined {
  return error instanceof StepTimeout ? remedyFor(remedies.outOfTime, { step }) : undefined;
}
