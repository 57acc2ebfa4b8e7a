import type { Problem } from "../../core/problem";
import { errorCode, errorWords } from "../../core/thrown";
import { StepTimeout } from "../wire/deadline";
import { DialogueError } from "../smtp/dialogue";
import { tlsFailureOf, tlsWords } from "../wire/tls-failure";
import { formatIpAndPort, isDeclared } from "../wire/ip-and-port";
import { remedyFor } from "../stage/remedy";
import { AUTH, BANNER } from "../stage/stage";
import {
  brokenProtocol,
  connectFailed,
  connectTimeout,
  connectionBroke,
  connectionRefused,
  hungUp,
  injected,
  noSuchHost,
  notSmtp,
  outOfTime,
  plainTextPort,
  resolverFailed,
  silent,
  silentBanner,
  tlsFailed,
  tlsVersion,
  unreachable,
} from "./errors";
import { problemOf } from "./refusals";
import { clientCertificateRequired } from "./refusals/causes";
import { login } from "./remedies/login";
import { protocol } from "./remedies/protocol";
import { tls } from "./remedies/tls";

/** The cause of what was thrown. System errors are recognised by `code`, never by their message alone. */

const causeOf = (error: unknown): unknown => (error instanceof DialogueError && error.cause ? error.cause : error);

export function explainDns(host: string): (error: unknown) => Problem {
  return (error) => {
    const code = errorCode(error);
    if (code === "ENOTFOUND" || code === "ENODATA") return noSuchHost(host, code);
    return stopped(error, "DNS") ?? resolverFailed(host, code || errorWords(error));
  };
}

/** Explains why a connection failed. `declaredFlows` undefined: nothing is known of flows. */
export function explainConnect(
  error: unknown,
  ip: string,
  port: number,
  declaredFlows: readonly string[] | undefined,
): Problem {
  const where = formatIpAndPort(ip, port);
  const declared = declaredFlows && isDeclared(declaredFlows, ip, port);
  if (error instanceof StepTimeout) return connectTimeout(where, error.ms, declared);
  const code = errorCode(error);
  switch (code) {
    case "ECONNREFUSED":
      return connectionRefused(where);
    case "ETIMEDOUT":
      return connectTimeout(where, undefined, declared);
    case "EHOSTUNREACH":
    case "ENETUNREACH":
    case "EADDRNOTAVAIL":
      return unreachable(where, code);
    default:
      return stopped(error, "TCP") ?? connectFailed(where, code || errorWords(error));
  }
}

/** Explains any error that can occur while commands and replies are exchanged. */
export function explainDialogue(stage: string): (error: unknown) => Problem {
  return (error) => {
    if (error instanceof StepTimeout && !error.wasLate) {
      return stage === "banner" ? silentBanner(error.ms) : silent(stage, error.ms);
    }
    if (error instanceof DialogueError) return explainFault(error, stage);
    return stopped(error, stage) ?? connectionBroke(stage, tlsWords(error));
  };
}

export function explainTls({ host, port }: { readonly host: string; readonly port: number }) {
  return (error: unknown): Problem => {
    if (error instanceof StepTimeout) return error.wasLate ? outOfTime("TLS") : silent("TLS", error.ms);
    const failure = tlsFailureOf(causeOf(error));
    // An error in the dialogue that is none of TLS occurs before the handshake: in the answer to STARTTLS.
    const beforeHandshake = failure.kind === "closed" || failure.kind === "other";
    if (error instanceof DialogueError && beforeHandshake) return explainFault(error, "TLS");
    switch (failure.kind) {
      case "plain-text":
        return plainTextPort(port);
      case "nothing-in-common":
        return tlsVersion(failure.words);
      case "unknown-name":
        return remedyFor(tls.nameUnknown, { host }, failure.words);
      case "internal-error":
        return remedyFor(tls.serverStumbled, { host }, failure.words);
      case "client-certificate":
        return problemOf(clientCertificateRequired, failure.words);
      case "closed":
        return hungUp("TLS", failure.words);
      case "other":
        // The same certificate was trusted on the earlier connection.
        return /^(CERT_|UNABLE_TO|SELF_SIGNED|DEPTH_ZERO|ERR_TLS_CERT)/.test(errorCode(error))
          ? remedyFor(tls.secondCertificate, { host }, errorWords(error))
          : tlsFailed(failure.words);
    }
  };
}

function explainFault(error: DialogueError, stage: string): Problem {
  switch (error.fault) {
    case "closed":
      if (stage === AUTH) return remedyFor(login.hungUp, {}, error.evidence);
      if (stage === BANNER && error.evidence === undefined) return remedyFor(protocol.closedAtOnce);
      return hungUp(stage, error.evidence);
    case "broken":
      // In TLS 1.3 the client learns of it only with its first data.
      if (tlsFailureOf(error.cause).kind === "client-certificate") {
        return problemOf(clientCertificateRequired, tlsWords(error.cause));
      }
      // A reset in these places means the same as a close.
      if (stage === AUTH) return remedyFor(login.hungUp, {}, tlsWords(error.cause));
      if (stage === BANNER && error.evidence === undefined) return remedyFor(protocol.closedAtOnce);
      return connectionBroke(stage, tlsWords(error.cause));
    case "not-smtp":
      return stage === "banner"
        ? notSmtp(error.evidence ?? "")
        : brokenProtocol(stage, "not an SMTP reply", error.evidence);
    case "too-long":
      return brokenProtocol(stage, "a reply without end", error.evidence);
    case "unsolicited":
      return brokenProtocol(stage, "a reply nobody asked for", error.evidence);
    case "injected":
      return injected(error.evidence ?? "");
  }
}

function stopped(error: unknown, stage: string): Problem | undefined {
  return error instanceof StepTimeout ? outOfTime(stage) : undefined;
}
