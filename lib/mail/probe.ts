import { hostname } from "node:os";
import { isIPv6, type Socket } from "node:net";
import { TLSSocket } from "node:tls";
import { ProblemError, type Problem } from "../core/problem";
import { authorities } from "./authorities";
import { describeCapabilities, parseCapabilities, type Capabilities } from "./capabilities";
import { expiryOf, judgeCertificate, tlsOptions } from "./certificate";
import { connectToAny, resolveHost } from "./connect";
import type { Deadline } from "./deadline";
import { explainDns, explainTalk, explainTls } from "./diagnose";
import { Dialogue, handshake } from "./dialogue";
import * as errors from "./errors";
import { chooseMechanism, logIn, type Mechanism } from "./login";
import { receiverResult, untried, type ReceiverResult } from "./receiver";
import { explainRefusal, type RefusalStage } from "./refusals";
import { isPositive, type Reply } from "./reply";
import type { ProbeRuntime } from "./runtime";
import { SECURITY_TITLES } from "./security";
import { hasControlCharacter } from "../systems/validators/single-line";
import { AUTH, BANNER, CONFIG, DNS, EHLO, EHLO_TLS, MAIL, rcpt, TCP, TLS } from "./stage";
import { StageFailed, type Seen, type StageLog } from "./stage-log";
import { speaksTls } from "./speaks-tls";
import type { Target } from "./target";

const BANNER_MS = 20_000;
const REPLY_MS = 20_000;
const TLS_MS = 10_000;

/** What the probe found working: what a delivery needs. */
export interface Reached {
  readonly ip: string;
  readonly ca: readonly string[] | undefined;
  readonly mechanism: Mechanism | undefined;
  /** The name to introduce ourselves by. */
  readonly clientName: string;
  readonly maxSize: number | undefined;
}

/** Everything the walk found out. */
export interface Probed {
  /** Undefined when a stage failed. */
  readonly reached?: Reached;
  /** All addresses of the host. */
  readonly addresses: readonly string[];
  /** One for each receiver, in the target's order. */
  readonly receivers: readonly ReceiverResult[];
  /** ISO 8601; of the server's own certificate, trusted or not. */
  readonly certificateExpiresAt?: string;
}

export interface ProbeOptions {
  /** Offer sender and receivers to the server and take them back; a delivery does that by itself. */
  readonly envelope: boolean;
}

/**
 * Walks from the configuration to the login, and on to the receivers when asked, over one connection
 * of its own. Sends nothing. What comes after a stage that failed is skipped.
 */
export async function probe(
  target: Target,
  options: ProbeOptions,
  runtime: ProbeRuntime,
  log: StageLog,
  deadline: Deadline,
): Promise<Probed> {
  const walk = new Walk(target, runtime, log, deadline);
  const names = stageNames(target, options);
  try {
    const reached = await walk.run(options);
    return { ...walk.found(), reached };
  } catch (error) {
    if (!(error instanceof StageFailed)) throw error;
    // Of the other stages, the conversation itself tells.
    if ([CONFIG, DNS, TCP, TLS].includes(error.stage.name)) runtime.wire?.trouble(error.message);
    for (const name of names.slice(names.indexOf(error.stage.name) + 1)) {
      if (!log.stages.some((stage) => stage.name === name)) log.skip(name, `not reached: ${error.stage.name} failed`);
    }
    return walk.found();
  } finally {
    walk.end();
  }
}

/** The stages in the order in which they happen. */
export function stageNames(target: Target, options: ProbeOptions): readonly string[] {
  const talk =
    target.security === "starttls"
      ? [BANNER, EHLO, TLS, EHLO_TLS]
      : target.security === "tls"
        ? [TLS, BANNER, EHLO]
        : [BANNER, EHLO, TLS];
  return [CONFIG, DNS, TCP, ...talk, AUTH, ...(options.envelope ? [MAIL, ...target.to.map(rcpt)] : [])];
}

class Walk {
  private dialogue: Dialogue | undefined;
  private socket: Socket | undefined;
  private clientName = "[127.0.0.1]";
  private addresses: readonly string[] = [];
  private certificateExpiresAt: string | undefined;
  private readonly results = new Map<string, ReceiverResult>();

  constructor(
    private readonly target: Target,
    private readonly runtime: ProbeRuntime,
    private readonly log: StageLog,
    private readonly deadline: Deadline,
  ) {}

  async run(options: ProbeOptions): Promise<Reached> {
    const { target, deadline } = this;
    this.runtime.wire?.protect(target.login);
    const ca = await this.stage(CONFIG, () => this.configuration(), explainTalk(CONFIG));
    const addresses = await this.stage(
      DNS,
      () => resolveHost(target.host, this.runtime.resolver, deadline),
      explainDns(target.host),
    );
    this.addresses = addresses;
    const { socket, ip } = await this.stage(TCP, () => connectToAny(addresses, target, deadline), explainTalk(TCP));
    this.socket = socket;
    const wire = this.runtime.wire?.connection();
    wire?.connected(socket);
    this.clientName = clientName(socket.localAddress);

    if (target.security === "tls") {
      const secured = await this.stage(TLS, () => this.implicitTls(socket, ca), explainTls(target.port));
      this.socket = secured;
      wire?.secured(secured);
    }
    this.dialogue = new Dialogue(this.socket, wire);
    await this.stage(BANNER, () => this.banner(ip), explainTalk(BANNER));
    let capabilities = await this.stage(EHLO, () => this.hello(), explainTalk(EHLO));
    if (target.security === "starttls" && target.onlyIfOffered === true && !capabilities.startTls) {
      await this.stage(TLS, () => this.staysInClear(capabilities), explainTalk(TLS));
      this.log.skip(EHLO_TLS, "not reached: the connection stays in plain text");
    } else if (target.security === "starttls") {
      await this.stage(TLS, () => this.startTls(capabilities, ca), explainTls(target.port));
      // What was offered before encryption may have been put there by anybody: ask again.
      capabilities = await this.stage(EHLO_TLS, () => this.hello(), explainTalk(EHLO_TLS));
    } else if (target.security === "none") {
      this.log.skip(TLS, "not configured: the connection stays in plain text");
    }
    const mechanism = await this.stage(AUTH, () => this.authenticate(capabilities), explainTalk(AUTH));
    if (options.envelope) await this.envelope();
    return { ip, ca, mechanism, clientName: this.clientName, maxSize: capabilities.maxSize };
  }

  found(): Omit<Probed, "reached"> {
    const { addresses, certificateExpiresAt } = this;
    return {
      addresses,
      receivers: untried(this.target.to).map((none) => this.results.get(none.address) ?? none),
      ...(certificateExpiresAt === undefined ? {} : { certificateExpiresAt }),
    };
  }

  end(): void {
    if (this.log.stages.some((stage) => stage.status === "failed")) this.dialogue?.close();
    else this.dialogue?.quit();
    if (!this.dialogue) this.socket?.destroy();
  }

  private stage<T>(name: string, body: () => Promise<Seen<T>>, explain: (error: unknown) => Problem): Promise<T> {
    return this.log.run(name, body, (error) =>
      this.deadline.signal.aborted ? errors.interrupted(name) : explain(error),
    );
  }

  /** The fields go into commands and headers: here is where a line break in one of them ends. */
  private async configuration(): Promise<Seen<readonly string[] | undefined>> {
    const { target } = this;
    const fields: Record<string, string | undefined> = {
      smtp_host: target.host,
      username: target.login?.username,
      password: target.login?.password,
      from_address: target.from,
    };
    target.to.forEach((receiver, index) => (fields[`to[${index}]`] = receiver));
    for (const [name, text] of Object.entries(fields)) {
      if (text !== undefined && hasControlCharacter(text))
        throw new ProblemError(errors.fieldWithControlCharacter(name));
    }
    const ca = authorities(target.ca, this.runtime);
    const login = target.login ? `login as ${target.login.username}` : "no login";
    return {
      value: ca,
      detail: `${target.host}:${target.port}, ${SECURITY_TITLES[target.security]}, ${login}, from ${target.from}`,
    };
  }

  private async implicitTls(socket: Socket, ca: readonly string[] | undefined): Promise<Seen<TLSSocket>> {
    const options = { ...tlsOptions(this.target.host, ca), socket };
    // The handshake ends the socket below it by itself; doing that from here would crash Node.
    this.socket = undefined;
    const secured = await this.deadline.step(TLS_MS, (signal) => handshake(options, signal));
    this.socket = secured;
    this.certificateExpiresAt = expiryOf(secured);
    return { value: secured, ...judgeCertificate(secured, this.target.host, this.runtime.clock.now()) };
  }

  private async banner(ip: string): Promise<Seen<void>> {
    // Some of the time is kept for finding out why it stays silent.
    const patience = Math.min(BANNER_MS, this.deadline.remainingMs * 0.6);
    const waitForGreeting = () => this.deadline.step(patience, (signal) => this.dialogue!.receive(signal));
    const reply = await waitForGreeting().catch(async (error: unknown) => {
      // A server that waits for a TLS handshake looks exactly like one that is dead: ask it.
      const tls = this.target.security !== "tls" && (await speaksTls(error, ip, this.target, this.deadline));
      throw tls ? new ProblemError(errors.tlsPort(this.target.port)) : error;
    });
    this.expect("banner", reply);
    return { value: undefined, detail: reply.text };
  }

  private async hello(): Promise<Seen<Capabilities>> {
    let reply = await this.command(`EHLO ${this.clientName}`);
    // RFC 5321: a server too old for EHLO is greeted the old way.
    if (reply.code === 500 || reply.code === 502) reply = await this.command(`HELO ${this.clientName}`);
    this.expect("EHLO", reply);
    const capabilities = parseCapabilities(reply);
    return { value: capabilities, detail: describeCapabilities(capabilities) };
  }

  private async startTls(capabilities: Capabilities, ca: readonly string[] | undefined): Promise<Seen<void>> {
    const { host } = this.target;
    if (!capabilities.startTls) {
      throw new ProblemError(errors.startTlsNotOffered(`offered: ${describeCapabilities(capabilities)}`));
    }
    const reply = await this.command("STARTTLS");
    if (reply.code !== 220) throw new ProblemError(errors.startTlsRefused(reply.text));
    const secured = await this.deadline.step(TLS_MS, (signal) => this.dialogue!.encrypt(tlsOptions(host, ca), signal));
    this.socket = secured;
    this.certificateExpiresAt = expiryOf(secured);
    return { value: undefined, ...judgeCertificate(secured, host, this.runtime.clock.now()) };
  }

  private async staysInClear(capabilities: Capabilities): Promise<Seen<void>> {
    const warning = errors.downgraded(`offered: ${describeCapabilities(capabilities)}`);
    return { value: undefined, detail: warning.summary, warning };
  }

  private async authenticate(capabilities: Capabilities): Promise<Seen<Mechanism | undefined>> {
    const { login } = this.target;
    const { mechanisms } = capabilities;
    const offered =
      mechanisms.length === 0 ? "the server offers no AUTH" : `the server offers ${mechanisms.join(", ")}`;
    if (!login) return { value: undefined, status: "skipped", detail: `no login configured; ${offered}` };
    const encrypted = this.socket instanceof TLSSocket;
    if (this.target.onlyIfOffered === true && !encrypted) {
      const detail = `not tried: the password of ${login.username} would travel in plain text; ${offered}`;
      return { value: undefined, status: "skipped", detail };
    }
    if (mechanisms.length === 0) throw new ProblemError(errors.authNotOffered(encrypted));
    const mechanism = chooseMechanism(mechanisms, encrypted, login.mechanism);
    const reply = await this.deadline.step(REPLY_MS, (signal) => logIn(this.dialogue!, mechanism, login, signal));
    return { value: mechanism, detail: `${mechanism} as ${login.username}: ${reply.text} (${offered})` };
  }

  /** Offers the envelope and takes it back. What is accepted here may still be refused with the message. */
  private async envelope(): Promise<void> {
    await this.stage(
      MAIL,
      async () => {
        const reply = await this.command(`MAIL FROM:<${this.target.from}>`);
        this.expect("MAIL", reply);
        return { value: undefined, detail: `${this.target.from}: ${reply.text}` };
      },
      explainTalk(MAIL),
    );
    let failed: StageFailed | undefined;
    for (const receiver of this.target.to) {
      const name = rcpt(receiver);
      try {
        await this.stage(
          name,
          async () => {
            this.results.set(receiver, { address: receiver, status: "unknown", attempts: 1 });
            const reply = await this.command(`RCPT TO:<${receiver}>`);
            this.results.set(receiver, receiverResult(receiver, reply, 1));
            this.expect("RCPT", reply);
            return { value: undefined, detail: `accepted so far: ${reply.text}` };
          },
          explainTalk(name),
        );
      } catch (error) {
        if (!(error instanceof StageFailed)) throw error;
        failed = error;
        // A refused receiver says nothing of the next one; a lost connection does.
        if (!this.dialogue!.usable) break;
      }
    }
    if (failed) throw failed;
    await this.command("RSET").catch(() => undefined);
  }

  private command(line: string): Promise<Reply> {
    return this.deadline.step(REPLY_MS, (signal) => this.dialogue!.command(line, signal));
  }

  private expect(stage: RefusalStage, reply: Reply): void {
    if (!isPositive(reply)) throw new ProblemError(explainRefusal(stage, reply));
  }
}

/** A full host name, or the address literal that RFC 5321 wants in its place. */
function clientName(localAddress: string | undefined): string {
  const name = hostname();
  if (/^[a-z0-9.-]+\.[a-z0-9-]+$/i.test(name)) return name;
  if (localAddress === undefined) return "[127.0.0.1]";
  return isIPv6(localAddress) ? `[IPv6:${localAddress}]` : `[${localAddress}]`;
}
