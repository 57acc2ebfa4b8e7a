import { rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { systemClock, type Clock } from "../core/clock";
import { isGone } from "../core/is-gone";
import { Redactor } from "../core/redaction";
import type { SimulatedObject } from "../systems/kit/simulator/objects";
import type { SimulatorWorld } from "../systems/kit/simulator/simulation";
import { systems as knownSystems } from "../systems";
import { startControl } from "./control";
import { sandboxEnvironment, secretsIn } from "./environment";
import { Faults } from "./faults";
import { removeLeftovers, sandboxDirectory } from "./leftovers";
import { startMail, type SandboxMail } from "./mail";
import { Firewall, type OpenFlow } from "./network";
import { networkMap } from "./network-map";
import { RandomSource } from "./random";
import { Recorder } from "./recorder";
import { RandomOrder } from "./request-order";
import { ReportedTests, type ReportedTest } from "./reported-tests";
import { SimulatedSystems, worldOptions, type SimulatedSystem } from "./simulated-systems";

export interface SandboxOptions {
  /** The simulated systems. @default every system that this package knows */
  readonly systems?: readonly SimulatedSystem[];
  /** Options of simulators, by system: the version to imitate, the duration of tasks, initial objects. */
  readonly options?: Readonly<Record<string, unknown>>;
  /** @default the real time */
  readonly clock?: Clock;
  /** Makes ids and passwords reproducible. @default a different sandbox each time */
  readonly seed?: number;
  /** The port of the page and the control API; simulators use the ports after it. @default any free ports */
  readonly port?: number;
  /** Milliseconds added to each answer, for all systems or by name. @default 0 */
  readonly latencyMs?: number | Readonly<Record<string, number>>;
  /**
   * The order in which requests that arrive together are answered; "random" tries races, by the seed. @default
   * "arrival"
   */
  readonly order?: "arrival" | "random";
  /** Whether requests are kept for {@link Sandbox.requests}. @default true */
  readonly record?: boolean;
  /** The IPv4 address of the mail server. @default a random address of this machine's loopback network */
  readonly smtpAddress?: string;
  /** The hosted platform that the flows belong to. @default "pcc-192-0-2-10" */
  readonly service?: string;
}

export interface Sandbox {
  /** The page for people (inbox, network, tests, state), and the control API. */
  readonly url: string;
  /** Each simulator's URL by system name. */
  readonly urls: Readonly<Record<string, string>>;
  /** The variables that make stacks and provider use this sandbox instead of the real systems. */
  environment(): Record<string, string>;
  readonly mail: SandboxMail;
  readonly inbox: SandboxMail["inbox"];
  /** The state of all simulators as JSON, secrets masked. */
  state(): SandboxState;
  readonly network: Firewall;
  readonly requests: Pick<Recorder, "list" | "clear">;
  readonly faults: Faults;
  /** The reports of test mails and probes, oldest first. */
  readonly tests: { list(): readonly ReportedTest[]; clear(): void };
  /** Makes a change outside of Terraform, as a colleague in the vendor's console would. */
  intervene(system: string, name: string, argument?: unknown): Promise<unknown>;
  /** Everything that exists and that a resource could manage, and whether it was made through the API. */
  objects(): readonly (SimulatedObject & { readonly system: string })[];
  /**
   * Starts afresh at the same addresses: state, flows, inbox, faults, tests and requests are reset; logins stay valid.
   *
   * @param seed determines ids and orders from now on; without it, randomness continues
   */
  reset(seed?: number): void;
  /** Ends every server, timer and socket and removes what was written to disk. */
  close(): Promise<void>;
}

export interface SandboxState {
  readonly systems: Readonly<Record<string, unknown>>;
  /** The open flows: what each platform can reach. */
  readonly network: readonly OpenFlow[];
  readonly mail: { readonly messages: number };
}

/**
 * Starts the sandbox in this process: a simulator of each system, the firewall between the platforms and the mail
 * server, and a real SMTP server with an inbox. Real sockets, on loopback only.
 *
 * @throws ProblemError `sandbox/port-in-use` when a given port is taken
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const opened = new Opened();
  try {
    return await assemble(options, opened);
  } catch (error) {
    await opened.close();
    throw error;
  }
}

/** What a sandbox has opened and made, to be closed and removed in the reverse order. */
class Opened {
  private readonly undo: (() => Promise<void> | void)[] = [];
  private readonly closing = new AbortController();

  /** Aborts when the sandbox closes. */
  readonly signal = this.closing.signal;

  add(undo: () => Promise<void> | void): void {
    this.undo.push(undo);
  }

  async close(): Promise<void> {
    this.closing.abort(new Error("the sandbox is closing"));
    for (const step of this.undo.splice(0).reverse()) await step();
  }
}

async function assemble(options: SandboxOptions, opened: Opened): Promise<Sandbox> {
  const { clock = systemClock, service = "pcc-192-0-2-10", systems = knownSystems } = options;
  const random = new RandomSource(options.seed);
  const redactor = new Redactor();
  const network = new Firewall();
  const simulated = new SimulatedSystems(clock);
  const faults = new Faults(() => simulated.written);
  const requests = new Recorder(clock, redactor);
  const tests = new ReportedTests(clock);

  const { mail, caFile } = await startMailSide(options, random.next, clock, opened);
  redactor.addCredentials(mail.user, mail.password);
  const world: SimulatorWorld = {
    clock,
    network,
    random: random.next,
    options: worldOptions(systems, options.options ?? {}, service),
    mailAuthority: mail.ca,
  };
  const recorder = options.record === false ? {} : { recorder: requests };
  // One order for all simulators: a race may be between two systems.
  const order = options.order === "random" ? { order: new RandomOrder(random.next) } : {};
  for (const [index, system] of systems.entries()) {
    const host = await simulated.start(system, world, {
      faults,
      ...recorder,
      ...order,
      latencyMs: latencyOf(options.latencyMs, system.name),
      port: options.port === undefined ? 0 : options.port + 1 + index,
      closing: opened.signal,
    });
    opened.add(() => host.close());
  }

  const state = (): SandboxState => ({
    systems: simulated.snapshots(),
    network: network.list(),
    mail: { messages: mail.inbox.messages.length },
  });
  const intervene: Sandbox["intervene"] = (...change) => simulated.intervene(...change);
  const objects = () => simulated.objects();
  const reset = (seed?: number) => {
    if (seed !== undefined) random.reseed(seed);
    // Simulators open their initial flows, so the firewall closes first.
    network.clear();
    simulated.reset();
    for (const one of [mail.inbox, faults, requests, tests]) one.clear();
  };
  const control = await startControl({
    port: options.port ?? 0,
    ...{ state, objects, reset, faults, tests, intervene, redactor, ...recorder },
    inbox: mail.inbox,
    map: () => mapOf(simulated, mail, network, service),
    interventions: () => simulated.interventions(),
  });
  opened.add(() => control.close());

  const { url } = control;
  const environment = () => ({
    ...simulated.environment(),
    ...sandboxEnvironment({ mail, url, service, caFile }),
  });
  for (const secret of secretsIn(environment())) redactor.add(secret);

  return {
    ...{ url, urls: simulated.urls, environment, mail, inbox: mail.inbox, network, requests, faults, tests },
    ...{ state, intervene, objects, reset, close: () => opened.close() },
  };
}

/** Starts the mail server, and writes the one file that other processes read: the certificate of its authority. */
async function startMailSide({ smtpAddress }: SandboxOptions, random: () => number, clock: Clock, opened: Opened) {
  removeLeftovers(tmpdir(), isGone);
  const directory = sandboxDirectory(tmpdir(), process.pid);
  opened.add(() => rmSync(directory, { recursive: true, force: true }));
  const mail = await startMail({ address: smtpAddress, random, clock });
  opened.add(() => mail.close());
  const caFile = join(directory, "smtp-ca.pem");
  writeFileSync(caFile, mail.ca);
  return { mail, caFile };
}

function mapOf(simulated: SimulatedSystems, { startTls, tls }: SandboxMail, network: Firewall, service: string) {
  return networkMap({
    systems: simulated.forMap(),
    listeners: [
      { title: "SMTP with STARTTLS", host: startTls.host, port: startTls.port },
      { title: "SMTP over TLS", host: tls.host, port: tls.port },
    ],
    flows: network.list(),
    service,
  });
}

function latencyOf(latency: SandboxOptions["latencyMs"], system: string): number {
  return typeof latency === "number" ? latency : (latency?.[system] ?? 0);
}
