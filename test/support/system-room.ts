import { withoutOwnership } from "../../lib/terraform-plugin/ownership/without-ownership";
import type { WebApp } from "../../lib/systems/kit/simulator/web-app";
import { silentLogger } from "../../lib/core/log";
import { ProblemError, type Problem } from "../../lib/core/problem";
import { Redactor } from "../../lib/core/redaction";
import { connectSystem } from "../../lib/systems/kit/connect";
import type { CreateSimulator } from "../../lib/systems/kit/simulator/simulation";
import type { SettingsDeclaration } from "../../lib/systems/kit/settings";
import type { Runtime, System } from "../../lib/systems/kit/system";
import type { Context } from "../../lib/terraform-plugin/resource";
import { noProbe } from "./no-probe";
import { startSimulated, type Simulated } from "./simulated";

/** A simulated system on a real port, and its own client connected to it. Time passes at once. */
export interface SystemRoom<Client> {
  readonly simulated: Simulated;
  readonly client: Client;
  readonly context: Context<Client>;
  readonly redactor: Redactor;
  /** What was slept, milliseconds. */
  readonly slept: number[];
  /** What handlers reported, codes only. */
  codes(): string[];
  readonly reports: Problem[];
  /** Requests so far, ids evened out. */
  requests(method?: string): string[];
  intervene(name: string, argument?: unknown): unknown;
  /** Another run: a client that remembers nothing. */
  nextRun(): Promise<Context<Client>>;
  close(): Promise<void>;
}

export interface SystemRoomOptions {
  /** Options of the simulator. */
  readonly options?: Readonly<Record<string, unknown>>;
  /** Added to the simulator's own environment. */
  readonly environment?: Readonly<Record<string, string>>;
  prepare?(app: WebApp): void;
}

export async function openSystem<Settings extends SettingsDeclaration, Client>(
  system: System<Settings, Client>,
  create: CreateSimulator,
  { options = {}, environment = {}, prepare }: SystemRoomOptions = {},
): Promise<SystemRoom<Client>> {
  const simulated = await startSimulated(create, {
    options: { [system.name]: options },
    ...(prepare ? { prepare } : {}),
  });
  const redactor = new Redactor();
  const slept: number[] = [];
  const reports: Problem[] = [];
  let now = Date.parse("2026-11-21T22:00:00Z");
  const runtime: Runtime = {
    clock: {
      now: () => now,
      sleep: (ms) => {
        slept.push(ms);
        now += ms;
        return Promise.resolve();
      },
    },
    log: silentLogger,
    redactor,
    random: () => 0.5,
    environment: { ...simulated.simulator.environment(simulated.url), ...environment },
    homeDirectory: "/",
    workingDirectory: "/",
    readFile: () => undefined,
    userAgent: "test",
    smtpProbe: noProbe,
  };
  const connected = async (): Promise<Context<Client>> => ({
    client: await connectSystem(system, null, runtime),
    signal: new AbortController().signal,
    log: silentLogger,
    redactor,
    report: (problem) => void reports.push(problem),
  });
  const context = await connected().catch(async (error: unknown) => {
    await simulated.close();
    throw error;
  });
  return {
    simulated,
    client: context.client,
    context,
    redactor,
    slept,
    reports,
    codes: () => reports.map(({ code }) => code),
    requests: (method = "") =>
      simulated.requests
        .filter((request) => request.startsWith(method))
        .map((request) => request.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, "GUID").replace(/\?.*/, "")),
    intervene: (name, argument) => simulated.simulator.interventions![name]!(argument),
    nextRun: connected,
    close: () => simulated.close(),
  };
}

/** The problems with which a promise fails; fails itself when the promise does not. */
export async function problemsOf(promise: Promise<unknown> | undefined): Promise<readonly Problem[]> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof ProblemError) return error.problems;
    throw error;
  }
  throw new Error("it was expected to fail, but did not");
}

/** A request as the framework makes it, and what was saved meanwhile. */
export function applyRequest<S extends object>(
  planned: S,
  config: Partial<S> = {},
  notes: Record<string, unknown> = {},
) {
  const saved: S[] = [];
  return {
    planned,
    config: { ...planned, ...config },
    private: notes,
    ownership: withoutOwnership,
    save: (state: S) => void saved.push(state),
    saved,
  };
}

/** Breaks the connection instead of the first answer that matches, after the simulator has done its work. */
export function loseReply(app: WebApp, method: string, url: RegExp): void {
  let lost = false;
  app.addHook("onSend", async (incoming) => {
    if (lost || incoming.method !== method || !url.test(incoming.url)) return;
    lost = true;
    incoming.raw.socket.destroy();
  });
}

/** Answers requests of this method with a page that says 200, and does nothing. */
export function maintenance(app: WebApp, method: string): void {
  app.addHook("onRequest", async (incoming, reply) => {
    if (incoming.method !== method) return;
    await reply.code(200).type("text/html").send("<html><h1>Maintenance</h1></html>");
  });
}
