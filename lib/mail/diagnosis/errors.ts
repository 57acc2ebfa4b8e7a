import { restated, type Problem } from "../../core/problem";
import type { Prose } from "../../core/prose";
import { interruptions } from "../stage/interruptions.remedies";
import { remedyFor } from "../stage/remedy";
import { configuration } from "./remedies/configuration";
import { connection } from "./remedies/connection";
import { delivery } from "./remedies/delivery";
import { dns } from "./remedies/dns";
import { login } from "./remedies/login";
import { platform } from "./remedies/platform";
import { protocol } from "./remedies/protocol";
import { problemOf } from "./refusals";
import { messageTooLarge } from "./refusals/causes";
import { refusals } from "./remedies/refusals";
import { tls } from "./remedies/tls";

/* Stages. A stage shows `summary` and `evidence` as what was seen, and `fix` as the remedy. */

export const fieldWithControlCharacter = (attribute: string): Problem => ({
  ...remedyFor(configuration.lineBreak, { attribute }),
  path: [attribute],
});

export const passwordMissing = (variable: string): Problem => ({
  ...remedyFor(configuration.passwordMissing, { variable }),
  path: ["password_environment"],
});

export const noSuchHost = (host: string, why: string) => remedyFor(dns.noSuchHost, { host }, why);
export const resolverFailed = (host: string, why: string) => remedyFor(dns.resolverFailed, { host }, why);

export const connectionRefused = (where: string) => remedyFor(connection.connectionRefused, { where });

/** `ms` undefined: the operating system timed out. `declared` undefined: nothing is known of flows. */
export const connectTimeout = (where: string, ms: number | undefined, declared: boolean | undefined) => {
  const time = ms === undefined ? "the system's limit" : `${ms} ms`;
  if (declared === undefined) return remedyFor(connection.connectTimeout, { where, time });
  return remedyFor(declared ? connection.flowDoesNotCarry : connection.flowNotDeclared, { where, time });
};

export const unreachable = (where: string, error: string) => remedyFor(connection.unreachable, { where, error });
export const connectFailed = (where: string, why: string) => remedyFor(connection.connectFailed, { where }, why);

export const someAddressesFailed = (failed: string, remedy: Prose) =>
  remedyFor(connection.someAddressesFailed, { failed, remedy });

export const notCoveredByFlow = (where: string) => remedyFor(connection.reachedWithoutFlow, { where });

export const silent = (stage: string, ms: number) => remedyFor(protocol.noReply, { stage, ms });
export const silentBanner = (ms: number) => remedyFor(protocol.noBanner, { ms });
export const tlsPort = (port: number) => remedyFor(protocol.implicitTlsPort, { port });
export const notSmtp = (said: string) => remedyFor(protocol.notSmtp, {}, said);

export const brokenProtocol = (stage: string, what: string, said: string | undefined) =>
  remedyFor(protocol.protocolViolation, { stage, what }, said);

export const hungUp = (stage: string, said: string | undefined) =>
  remedyFor(protocol.connectionClosed, { stage }, said);

/** Many programs do not wait longer. */
const SLOW_MS = 10_000;

export const slowReply = (ms: number): Problem | undefined =>
  ms < SLOW_MS ? undefined : remedyFor(protocol.slow, { seconds: Math.round(ms / 1_000) });

export const connectionBroke = (stage: string, why: string) => remedyFor(protocol.connectionBroken, { stage }, why);
export const interrupted = (stage: string) => remedyFor(interruptions.interrupted, { stage });
export const outOfTime = (stage: string) => remedyFor(interruptions.outOfTime, { stage });

export const startTlsNotOffered = (offered: string) => remedyFor(tls.startTlsNotOffered, {}, offered);
export const downgraded = (offered: string) => remedyFor(tls.staysInClear, {}, offered);
export const injected = (said: string) => remedyFor(tls.startTlsInjection, {}, said);
export const plainTextPort = (port: number) => remedyFor(tls.plainTextPort, { port });
export const tlsVersion = (why: string) => remedyFor(tls.tlsVersion, {}, why);
export const tlsFailed = (why: string) => remedyFor(tls.tlsFailed, {}, why);

export const authNotOffered = (encrypted: boolean) =>
  remedyFor(encrypted ? login.authNotOffered : login.authNotOfferedInClear);

/** The problem of the connection itself, with the remark that the one before succeeded. */
export const secondConnectionFailed = (problem: Problem): Problem => {
  const what = "The second connection, which carries the message, failed: ";
  const why = "The first one had just passed every stage to the login, so the server may limit connections. ";
  return restated(
    problem,
    (own) => [what, ...own],
    (own) => [why, ...own],
  );
};

export const effectUnknown = (why: string) => remedyFor(delivery.effectUnknown, {}, why);

/** Found before the server refuses it. */
export const tooLarge = (bytes: number, limit: number) =>
  problemOf(messageTooLarge, `the test mail has ${bytes} bytes, the server takes ${limit}`);

export const platformFailed = (system: string, why: string) => remedyFor(platform.platformTestFailed, { system }, why);

/** The address needs SMTPUTF8, and the server does not offer it. */
export const smtpUtf8Problem = (address: string) => remedyFor(refusals.smtpUtf8NotOffered, { address });
