import type { TLSSocket } from "node:tls";
import { ProblemError } from "../../../core/problem";
import { describeCapabilities, type Capabilities } from "../../smtp/capabilities";
import { judgeCertificate } from "../../wire/certificate";
import { tlsOptions } from "../../wire/tls-options";
import { handshake } from "../../wire/handshake";
import { newestOldTls } from "../../smtp/old-tls";
import { remedyFor } from "../../stage/remedy";
import type { Session } from "../../smtp/session";
import type { StageResult } from "../../stage/stage-log";
import { explainTls } from "../explain";
import { brokenProtocol, downgraded, startTlsNotOffered } from "../errors";
import { protocol } from "../remedies/protocol";
import { tls as remedies } from "../remedies/tls";
import { expectPositive } from "./run-stage";
import { situationOf } from "./situation-of";

/** How long to wait, as for any answer. @see RFC 5321 section 4.5.3.2 */
const TLS_MS = 300_000;

/** Encrypts from the first byte. */
export async function implicitTls(session: Session, ip: string, ca: readonly string[] | undefined) {
  const { deadline, target } = session;
  const options = { ...tlsOptions(target.host, ca), socket: session.release() };
  const secured = await deadline
    .step(session.patience(TLS_MS), (signal) => handshake(options, signal))
    .catch((error: unknown) => tooOld(error, session, ip));
  return judged(secured, session);
}

/** Upgrades a plain connection; required where it is declared. */
export async function startTls(
  session: Session,
  ip: string,
  capabilities: Capabilities,
  ca: readonly string[] | undefined,
): Promise<StageResult<void>> {
  const { deadline, target, dialogue } = session;
  if (!capabilities.startTls) {
    const offered = `offered: ${describeCapabilities(capabilities)}`;
    // Cisco's inspection replaces the keyword by one of the same length.
    const masked = [...capabilities.keywords.keys()].some((keyword) => /^X{4,}A?$/.test(keyword));
    throw new ProblemError(masked ? remedyFor(remedies.startTlsMasked, {}, offered) : startTlsNotOffered(offered));
  }
  const reply = await session.command("STARTTLS");
  expectPositive("STARTTLS", reply, situationOf(session));
  // A server that agrees in other words does not wait for a handshake.
  if (reply.code !== 220) throw new ProblemError(brokenProtocol("TLS", "no 220", reply.text));
  const secured = await deadline
    .step(session.patience(TLS_MS), (signal) => dialogue.encrypt(tlsOptions(target.host, ca), signal))
    .catch((error: unknown) => tooOld(error, session, ip));
  return judged(secured, session);
}

/** Only where the caller accepts what the server offers. */
export async function staysInClear(capabilities: Capabilities): Promise<StageResult<void>> {
  const warning = downgraded(`offered: ${describeCapabilities(capabilities)}`);
  return { value: undefined, detail: warning.summary, warning };
}

function judged(secured: TLSSocket, session: Session): StageResult<void> {
  session.secured(secured);
  return { value: undefined, ...judgeCertificate(secured, session.target, session.runtime) };
}

/** Some servers report that they have no version in common, others just hang up. */
const MAYBE_TOO_OLD: readonly string[] = [remedies.tlsVersion.code, protocol.connectionClosed.code];

/** A failed negotiation does not say which versions the server has: a second connection tries the old ones. */
async function tooOld(error: unknown, session: Session, ip: string): Promise<never> {
  const { target, deadline } = session;
  const problem = explainTls(target)(error);
  if (!MAYBE_TOO_OLD.includes(problem.code) || deadline.signal.aborted) throw error;
  const version = await newestOldTls(session, ip);
  if (version === undefined) throw error;
  throw new ProblemError(remedyFor(remedies.onlyOldTls, { protocol: version }, problem.evidence));
}
