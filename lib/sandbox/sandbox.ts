import { rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { systemClock, type Clock } from "../core/clock";
import { isGone } from "../core/is-gone";
import { Redactor } from "../core/redaction";
import type { SimulatedObject } from "../systems/kit/simulator/objects";
import type { Simulator, SimulatorWorld } from "../systems/kit/simulator/simulation";
import { systems as knownSystems } from "../systems";
import type { System } from "../systems/kit/system";
import { startControl } from "./control";
import { interventionFailed, unknownIntervention, unknownSystem } from "./errors";
import { Faults } from "./faults";
import { startHost, type SandboxHost } from "./host";
import { removeLeftovers, sandboxDirectory } from "./leftovers";
import { startMail, type SandboxMail } from "./mail";
import { Firewall, type OpenFlow } from "./network";
import { networkMap } from "./network-map";
import { seededRandom } from "./random";
import { Recorder } from "./recorder";
import { RandomOrder } from "./request-order";
import { ReportedTests, type ReportedTest } from "./reported-tests";

export interface SandboxOptions {
  /** @default every system that this package knows */
  readonly systems?: readonly (Pick<System, "name" | "simulator"> & Partial<Pick<System, "title">>)[];
  /** Per system, what its simulator may be told: version to imitate, duration of tasks, objects to begin with. */
  readonly options?: Readonly<Record<string, unknown>>;
  /** @default the real time */
  readonly clock?: Clock;
  /** Makes ids and passwords reproducible. @default a different sandbox each time */
  readonly seed?: number;
  /** The port of page and control; simulators take the ones after it. @default any free ports */
  readonly port?: number;
  /** Milliseconds added to each answer, for all systems or by name. @default 0 */
  readonly latencyMs?: number | Readonly<Record<string, number>>;
  /** In which order requests that arrive together are answered; "random" plays races, by the seed. @default "arrival" */
  readonly order?: "arrival" | "random";
  /** Whether requests are kept for {@link Sandbox.requests}. @default true */
  readonly record?: boolean;
  /** The IPv4 address of the mail server. @default a random address of this machine's loopback network */
  readonly smtpAddress?: string;
  /** The hosted platform that the flows belong to. @default "pcc-192-0-2-10" */
  readonly service?: string;
}

export interface Sandbox {
  /** The page for people (inbox, network, tests, state), and control. */
  readonly url: string;
  /** Each simulator's address by system name. */
  readonly urls: Readonly<Record<string, string>>;
  /** What stacks and provider need to use this sandbox instead of the real systems. */
  environment(): Record<string, string>;
  readonly mail: SandboxMail;
  readonly inbox: SandboxMail["inbox"];
  /** Everything the simulators know, as JSON, secrets masked. */
  state(): SandboxState;
  readonly network: Firewall;
  readonly requests: Pick<Recorder, "list" | "clear">;
  readonly faults: Faults;
  /** What test mails and probes reported of themselves, oldest first. */
  readonly tests: { list(): readonly ReportedTest[]; clear(): void };
  /** Changes something from outside Terraform, as a colleague in the vendor's console would. */
  intervene(system: string, name: string, argument?: unknown): Promise<unknown>;
  /** Everything that exists and that a resource could manage, and whether the API has made it. */
  objects(): readonly (SimulatedObject & { readonly system: string })[];
  /**
   * As if just started, at the same addresses: state, flows, inbox, faults, tests and requests begin anew; logins stay
   * valid.
   *
   * @param seed from which ids and orders are made from now on; left out, randomness goes on
   */
  reset(seed?: number): void;
  /** Ends every server, timer and socket and removes what was written to disk. */
  close(): Promise<void>;
}

export interface SandboxState {
  readonly systems: Readonly<Record<string, unknown>>;
  /** The firewall: what each platform can reach. */
  readonly network: readonly OpenFlow[];
  readonly mail: { readonly messages: number };
}

/**
 * Starts the whole simulated world in this process: a simulator of each system, the firewall between
 * the platforms and the mail server, and a real SMTP server with an inbox. Real sockets, on loopback only.
 *
 * @throws ProblemError `sandbox/port-in-use` when a given port is taken
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const clock = options.clock ?? systemClock;
  let source = options.seed === undefined ? Math.random : seededRandom(options.seed);
  const random = () => source();
  const service = options.service ?? "pcc-192-0-2-10";
  const redactor = new Redactor();
  const network = new Firewall();
  const simulators = new Map<string, Simulator>();
  const faults = new Faults(() => new Map([...simulators].map(([name, { tables }]) => [name, tables.written])));
  const recorder = new Recorder(clock, redactor);
  const tests = new ReportedTests(clock);
  const closing = new AbortController();
  const undo: (() => Promise<void> | void)[] = [];
  const close = async () => {
    closing.abort(new Error("the sandbox is closing"));
    for (const step of undo.splice(0).reverse()) await step();
  };

  try {
    // Only files that other processes must read: the certificate of the mail server's own authority.
    removeLeftovers(tmpdir(), isGone);
    const directory = sandboxDirectory(tmpdir(), process.pid);
    undo.push(() => rmSync(directory, { recursive: true, force: true }));

    const mail = await startMail({ address: options.smtpAddress, random, clock });
    undo.push(() => mail.close());
    redactor.addCredentials(mail.user, mail.password);
    const caFile = join(directory, "smtp-ca.pem");
    writeFileSync(caFile, mail.ca);

    const systems = options.systems ?? knownSystems;
    const names = [...new Set([...systems, ...knownSystems].map(({ name }) => name))];
    for (const name of Object.keys(options.options ?? {})) if (!names.includes(name)) throw unknownSystem(name, names);
    const world: SimulatorWorld = {
      clock,
      network,
      random,
      options: worldOptions(systems, options.options ?? {}, service),
      mailAuthority: mail.ca,
    };
    const hosts = new Map<string, SandboxHost>();
    // One for all: a race may be between two systems.
    const order = options.order === "random" ? new RandomOrder(random) : undefined;
    for (const [index, system] of systems.entries()) {
      const simulator = (await system.simulator())(world);
      const host = await startHost({
        simulator,
        faults,
        clock,
        ...(options.record === false ? {} : { recorder }),
        ...(order === undefined ? {} : { order }),
        latencyMs: latencyOf(options.latencyMs, system.name),
        port: options.port === undefined ? 0 : options.port + 1 + index,
        closing: closing.signal,
      });
      undo.push(() => host.close());
      simulators.set(system.name, simulator);
      hosts.set(system.name, host);
    }

    const state = (): SandboxState => ({
      systems: Object.fromEntries([...simulators].map(([name, simulator]) => [name, simulator.snapshot()])),
      network: network.list(),
      mail: { messages: mail.inbox.messages.length },
    });

    const intervene = async (systemName: string, name: string, argument?: unknown): Promise<unknown> => {
      const simulator = simulators.get(systemName);
      if (simulator === undefined) throw unknownSystem(systemName, [...simulators.keys()]);
      const known = simulator.interventions ?? {};
      if (!Object.hasOwn(known, name)) throw unknownIntervention(systemName, name, Object.keys(known));
      try {
        return await simulator.tables.writing({ at: clock.now(), foreign: true }, () => known[name]!(argument));
      } catch (error) {
        throw interventionFailed(systemName, name, error);
      }
    };

    const objects = () =>
      [...simulators].flatMap(([system, simulator]) => simulator.objects().map((one) => ({ system, ...one })));

    const reset = (seed?: number) => {
      if (seed !== undefined) source = seededRandom(seed);
      // Simulators open the flows that they begin with, so the firewall closes before that.
      network.clear();
      for (const { tables } of simulators.values()) tables.reset();
      for (const one of [mail.inbox, faults, recorder, tests]) one.clear();
    };

    const map = () =>
      networkMap({
        systems: systems.flatMap(({ name, title = name }) => {
          const ways = simulators.get(name)?.connectivity?.();
          return ways === undefined ? [] : [{ system: name, title, url: hosts.get(name)!.url, ways }];
        }),
        doors: [
          { title: "SMTP with STARTTLS", host: mail.startTls.host, port: mail.startTls.port },
          { title: "SMTP over TLS", host: mail.tls.host, port: mail.tls.port },
        ],
        flows: network.list(),
        service,
      });

    const control = await startControl({
      port: options.port ?? 0,
      state,
      objects,
      reset,
      ...(options.record === false ? {} : { recorder }),
      faults,
      inbox: mail.inbox,
      map,
      tests,
      interventions: () =>
        Object.fromEntries(
          [...simulators].map(([name, { interventions }]) => [name, Object.keys(interventions ?? {})]),
        ),
      intervene,
      redactor,
    });
    undo.push(() => control.close());

    const environment = (): Record<string, string> => ({
      ...Object.assign({}, ...[...simulators].map(([name, simulator]) => simulator.environment(hosts.get(name)!.url))),
      SMTP_PASSWORD: mail.password,
      OUTBOUND_SANDBOX_URL: control.url,
      OUTBOUND_SANDBOX_SERVICE: service,
      OUTBOUND_SANDBOX_SMTP_HOST: mail.startTls.host,
      OUTBOUND_SANDBOX_SMTP_PORT: String(mail.startTls.port),
      OUTBOUND_SANDBOX_SMTP_TLS_HOST: mail.tls.host,
      OUTBOUND_SANDBOX_SMTP_TLS_PORT: String(mail.tls.port),
      OUTBOUND_SANDBOX_SMTP_USER: mail.user,
      OUTBOUND_SANDBOX_SMTP_CA: caFile,
      OUTBOUND_SANDBOX_SMTP_THUMBPRINT: mail.thumbprint,
      ...terraformVariables(mail, service, caFile),
    });
    for (const [name, value] of Object.entries(environment())) {
      if (/PASSWORD|SECRET|TOKEN|_KEY$/.test(name)) redactor.add(value);
    }

    return {
      url: control.url,
      urls: Object.fromEntries([...hosts].map(([name, host]) => [name, host.url])),
      environment,
      mail,
      inbox: mail.inbox,
      state,
      network,
      requests: recorder,
      faults,
      tests,
      intervene,
      objects,
      reset,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/**
 * The same for configurations in HCL, which read no environment: values of variables called as in the examples. Terraform
 * passes over those that a configuration does not declare.
 */
function terraformVariables(mail: SandboxMail, service: string, caFile: string): Record<string, string> {
  const { startTls, user, password, thumbprint } = mail;
  return {
    TF_VAR_service_name: service,
    TF_VAR_smtp_host: startTls.host,
    TF_VAR_smtp_ip: startTls.host,
    TF_VAR_smtp_port: String(startTls.port),
    TF_VAR_smtp_user: user,
    TF_VAR_smtp_password: password,
    TF_VAR_smtp_ca: caFile,
    TF_VAR_smtp_thumbprint: thumbprint,
  };
}

function latencyOf(latency: SandboxOptions["latencyMs"], system: string): number {
  return typeof latency === "number" ? latency : (latency?.[system] ?? 0);
}

/** What simulators find in `world.options`: each its own by name, and in each the platform that all of them share. */
function worldOptions(
  systems: readonly Pick<System, "name">[],
  given: Readonly<Record<string, unknown>>,
  service: string,
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(systems.map(({ name }) => [name, { service, ...(given[name] as object | undefined) }]));
}
