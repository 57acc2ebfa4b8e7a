import type { Problem } from "../../core/problem";
import { printable } from "../../core/printable";
import { StepTimeout } from "../wire/deadline";
import { DialogueError } from "../smtp/dialogue";
import { HandshakeClosed } from "../wire/handshake";
import { formatIpAndPort, isDeclared } from "../wire/ip-and-port";
import { remedyFor } from "../stage/remedy";
import * as errors from "./errors";
import { refusals } from "./remedies/refusals";

/** From what was thrown to a problem with one remedy. System errors are read by `code`, never by message alone. */

const codeOf = (error: unknown): string => {
  const { code } = (error ?? {}) as { code?: unknown };
  return typeof code === "string" ? code : "";
};
const messageOf = (error: unknown) => printable(error instanceof Error ? error.message : String(error));
const causeOf = (error: unknown): unknown => (error instanceof DialogueError && error.cause ? error.cause : error);

export function explainDns(host: string): (error: unknown) => Problem {
  return (error) => {
    const code = codeOf(error);
    if (code === "ENOTFOUND" || code === "ENODATA") return errors.noSuchHost(host, code);
    return stopped(error, "DNS") ?? errors.resolverFailed(host, code || messageOf(error));
  };
}

/** `declaredFlows` undefined: nothing is known of flows. */
export function explainConnect(
  error: unknown,
  ip: string,
  port: number,
  declaredFlows: readonly string[] | undefined,
): Problem {
  const where = formatIpAndPort(ip, port);
  const declared = declaredFlows && isDeclared(declaredFlows, ip, port);
  if (error instanceof StepTimeout) return errors.connectTimeout(where, error.ms, declared);
  const code = codeOf(error);
  switch (code) {
    case "ECONNREFUSED":
      return errors.connectionRefused(where);
    case "ETIMEDOUT":
      return errors.connectTimeout(where, undefined, declared);
    case "EHOSTUNREACH":
    case "ENETUNREACH":
    case "EADDRNOTAVAIL":
      return errors.unreachable(where, code);
    default:
      return stopped(error, "TCP") ?? errors.connectFailed(where, code || messageOf(error));
  }
}

/** Anything that can go wrong while commands and replies are exchanged. */
export function explainTalk(stage: string): (error: unknown) => Problem {
  return (error) => {
    if (error instanceof StepTimeout && !spent(error)) {
      return stage === "banner" ? errors.silentBanner(error.ms) : errors.silent(stage, error.ms);
    }
    if (error instanceof DialogueError) return explainFault(error, stage);
    return stopped(error, stage) ?? errors.connectionBroke(stage, codeOf(error) || messageOf(error));
  };
}

export function explainTls(port: number): (error: unknown) => Problem {
  return (error) => {
    const cause = causeOf(error);
    const code = codeOf(cause);
    if (code === "ERR_SSL_WRONG_VERSION_NUMBER" || /wrong version number/i.test(messageOf(cause))) {
      return errors.plainTextPort(port);
    }
    if (
      /UNSUPPORTED_PROTOCOL|PROTOCOL_VERSION|NO_SHARED_CIPHER|HANDSHAKE_FAILURE|NO_PROTOCOLS/.test(code) ||
      /unsupported protocol|handshake failure|protocol version/i.test(messageOf(cause))
    ) {
      return errors.tlsVersion(code || messageOf(cause));
    }
    if (error instanceof DialogueError) return explainFault(error, "TLS");
    if (error instanceof HandshakeClosed) return errors.hungUp("TLS", undefined);
    if (code === "ECONNRESET" || code === "EPIPE") return errors.hungUp("TLS", code);
    if (error instanceof StepTimeout && !spent(error)) return errors.silent("TLS", error.ms);
    return stopped(error, "TLS") ?? errors.tlsFailed(code ? `${code} ${messageOf(cause)}` : messageOf(cause));
  };
}

function explainFault(error: DialogueError, stage: string): Problem {
  switch (error.fault) {
    case "closed":
      return errors.hungUp(stage, error.evidence);
    case "broken":
      // In TLS 1.3 the client learns of it only when it already speaks.
      if (/CERTIFICATE_REQUIRED/.test(codeOf(error.cause))) {
        return remedyFor(refusals.clientCertificateRequired, {}, codeOf(error.cause));
      }
      return errors.connectionBroke(stage, codeOf(error.cause) || messageOf(error.cause));
    case "not-smtp":
      return stage === "banner"
        ? errors.notSmtp(error.evidence ?? "")
        : errors.brokenProtocol(stage, "not an SMTP reply", error.evidence);
    case "too-long":
      return errors.brokenProtocol(stage, "a reply without end", error.evidence);
    case "unsolicited":
      return errors.brokenProtocol(stage, "a reply nobody asked for", error.evidence);
    case "injected":
      return errors.injected(error.evidence ?? "");
  }
}

/** Little was left of the time for all stages when this one began: it is not the one to blame. */
const spent = (timeout: StepTimeout) => timeout.overall && timeout.ms < 50;

function stopped(error: unknown, stage: string): Problem | undefined {
  return error instanceof StepTimeout ? errors.outOfTime(stage) : undefined;
}
