import { ProblemError } from "../../../core/problem";
import { capabilitiesInWords, parseCapabilities, type Capabilities } from "../../smtp/capabilities";
import type { Session } from "../../smtp/session";
import { speaksTls } from "../../wire/speaks-tls";
import type { Seen } from "../../stage/stage-log";
import * as errors from "../errors";
import { expectPositive } from "./run-stage";

const BANNER_MS = 20_000;
/** A server too old for EHLO does not know, or does not implement, the command. @see RFC 5321 section 4.1.1.1 */
const NO_EHLO = [500, 502, 504];

/** The server's greeting. */
export async function banner(session: Session, ip: string): Promise<Seen<void>> {
  const { deadline, target, dialogue } = session;
  // Some of the time is kept for finding out why it stays silent.
  const patience = Math.round(Math.min(BANNER_MS, deadline.remainingMs * 0.6));
  const waitForGreeting = () => deadline.step(patience, (signal) => dialogue.receive(signal));
  const reply = await waitForGreeting().catch(async (error: unknown) => {
    // A server that waits for a TLS handshake looks exactly like one that is dead: ask it.
    const tls = target.security !== "tls" && (await speaksTls(error, ip, target, deadline));
    throw tls ? new ProblemError(errors.tlsPort(target.port)) : error;
  });
  expectPositive("banner", reply);
  return { value: undefined, detail: reply.text };
}

/** What the server offers; one that does not know EHLO is greeted the old way. */
export async function hello(session: Session): Promise<Seen<Capabilities>> {
  const reply = await session.command(`EHLO ${session.clientName}`);
  if (NO_EHLO.includes(reply.code)) {
    expectPositive("EHLO", await session.command(`HELO ${session.clientName}`));
    const none = parseCapabilities({ ...reply, lines: [] });
    return { value: none, detail: `HELO only, no extensions: EHLO was answered by ${reply.text}` };
  }
  expectPositive("EHLO", reply);
  const capabilities = parseCapabilities(reply);
  return { value: capabilities, detail: capabilitiesInWords(capabilities) };
}
