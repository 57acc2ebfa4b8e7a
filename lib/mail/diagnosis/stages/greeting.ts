import { ProblemError } from "../../../core/problem";
import { firstOf } from "../../../core/signals";
import { capabilitiesInWords, parseCapabilities, type Capabilities } from "../../smtp/capabilities";
import { isPositive, type Reply } from "../../smtp/reply";
import type { Session } from "../../smtp/session";
import type { StageResult } from "../../stage/stage-log";
import { speaksTls } from "../../wire/speaks-tls";
import { prepareTls } from "../../wire/tls-options";
import { tlsPort } from "../errors";
import { explainReply } from "../refusals";
import type { Cause } from "../refusals/cause";
import { clientNotAllowed, clientRefused, clientWithoutName, notSmtp, protocolRefused } from "../refusals/causes";
import { expectPositive } from "./run-stage";
import { situationOf } from "./situation-of";

/** How long a client should wait for the greeting. @see RFC 5321 section 4.5.3.2.1 */
const BANNER_MS = 300_000;
/** The rest of the time is reserved for finding out why the server is silent. */
const BANNER_SHARE = 0.6;
/** After this silence a second connection tries TLS. */
const ASK_AFTER_MS = 6_000;

/** A greeting that takes longer leaves time for something else. */
const AT_ONCE_MS = 5;

/** Reads the server's greeting. Meanwhile it prepares the encryption that follows. */
export async function banner(
  session: Session,
  ip: string,
  ca: readonly string[] | undefined,
): Promise<StageResult<void>> {
  const { deadline, target, dialogue, runtime } = session;
  const patience = deadline.share(BANNER_SHARE, { least: 1, most: BANNER_MS });
  const answered = new AbortController();
  if (target.security === "starttls")
    runtime.clock.sleep(AT_ONCE_MS, answered.signal).then(
      () => prepareTls(ca),
      () => undefined,
    );
  const reply = await deadline
    .step(patience, (signal) =>
      target.security === "tls"
        ? dialogue.receive(signal)
        : Promise.race([
            dialogue.receive(signal),
            tlsInstead(session, ip, patience, firstOf([signal, answered.signal])),
          ]),
    )
    // It is no longer needed: its timer would keep the process for seconds.
    .finally(() => answered.abort());
  session.greetings.push(reply.text);
  expectPositive("banner", reply, situationOf(session));
  return { value: undefined, detail: reply.text };
}

/** A server that waits for a TLS handshake looks like a slow one: try a handshake. Settles only where it succeeds. */
async function tlsInstead(session: Session, ip: string, patience: number, signal: AbortSignal): Promise<never> {
  const { target, deadline, runtime } = session;
  const asking = runtime.clock.sleep(Math.min(ASK_AFTER_MS, patience / 2), signal).then(
    async () => session.dialogue.silent && (await speaksTls(ip, target, deadline)),
    () => false,
  );
  if (await asking) throw new ProblemError(tlsPort(target.port));
  return new Promise(() => undefined);
}

/** Reads what the server offers; one that does not accept EHLO gets HELO. */
export async function hello(session: Session): Promise<StageResult<Capabilities>> {
  const reply = await session.command(`EHLO ${session.clientName}`);
  session.greetings.push(reply.lines[0] ?? "");
  if (reply.code >= 500 && mayBeTheCommand(reply, session)) {
    const answer = await session.command(`HELO ${session.clientName}`);
    // The answer to the second greeting may only say that there was a first one.
    expectPositive("EHLO", isPositive(answer) ? answer : moreTelling(reply, answer, session), situationOf(session));
    const none = parseCapabilities({ ...reply, lines: [] });
    session.capabilities = none;
    return { value: none, detail: `HELO only, no extensions: EHLO was answered by ${reply.text}` };
  }
  expectPositive("EHLO", reply, situationOf(session));
  const capabilities = parseCapabilities(reply);
  session.capabilities = capabilities;
  return { value: capabilities, detail: capabilitiesInWords(capabilities) };
}

/** Causes for which HELO is no alternative. */
const notTheCommand = (): readonly Cause[] => [notSmtp, clientRefused, clientNotAllowed, clientWithoutName];

function mayBeTheCommand(reply: Reply, session: Session): boolean {
  const { interpretation } = explainReply(reply, { ...situationOf(session), stage: "EHLO" });
  if (interpretation === undefined) return true;
  // By its code alone, 554 turns the client away, and 550 may be about EHLO. @see RFC 5321 sections 3.1 and 4.3.2
  if (interpretation.evidence === "basic code") return reply.code !== 554;
  return !notTheCommand().includes(interpretation.cause);
}

function moreTelling(first: Reply, second: Reply, session: Session): Reply {
  const situation = { ...situationOf(session), stage: "EHLO" } as const;
  return [first, second].find((reply) => tellsByWords(explainReply(reply, situation))) ?? second;
}

const tellsByWords = ({ interpretation }: ReturnType<typeof explainReply>): boolean =>
  interpretation !== undefined && interpretation.cause !== protocolRefused && interpretation.evidence !== "basic code";
