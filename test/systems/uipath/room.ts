import type { ObjectOwnership } from "../../../lib/terraform-plugin/ownership/address";
import { cannotTake } from "../../../lib/terraform-plugin/ownership/problems";
import type { Standing } from "../../../lib/terraform-plugin/ownership/standing";
import { withoutOwnership } from "../../../lib/terraform-plugin/ownership/without-ownership";
import type { WebApp } from "../../../lib/systems/kit/simulator/web-app";
import { systemClock, type Clock } from "../../../lib/core/clock";
import { silentLogger } from "../../../lib/core/log";
import { ProblemError, type Problem } from "../../../lib/core/problem";
import { Redactor } from "../../../lib/core/redaction";
import { connectSystem } from "../../../lib/systems/kit/connect";
import type { Runtime } from "../../../lib/systems/kit/system";
import { uipath } from "../../../lib/systems/uipath";
import type { UiPathClient } from "../../../lib/systems/uipath/client";
import { createUiPathSimulator } from "../../../lib/systems/uipath/simulator";
import type { SystemMailState } from "../../../lib/systems/uipath/system-mail.schema";
import type { TenantMailState } from "../../../lib/systems/uipath/tenant-mail.schema";
import type { Context } from "../../../lib/terraform-plugin/resource";
import { startSimulated, type Simulated } from "../../support/simulated";

export const ORGANIZATION = "3fa85f64-5717-4562-b3fc-2c963f66afa6";
export const PASSWORD = "correct horse battery";

export interface RoomOptions {
  /** Options of the simulator. */
  readonly uipath?: Readonly<Record<string, unknown>>;
  readonly settings?: Readonly<Record<string, string>>;
  readonly clock?: Clock;
  prepare?(app: WebApp): void;
}

export interface Room {
  readonly simulated: Simulated;
  readonly client: UiPathClient;
  readonly context: Context<UiPathClient>;
  codes(): string[];
  readonly reports: Problem[];
  readonly redactor: Redactor;
  /** Bodies of requests that change something, by what they do: `UpdateBulk`, `PUT Setting`. */
  readonly writes: { readonly call: string; readonly body: unknown }[];
  state(): SimulatorState;
  intervene(name: string, argument?: unknown): unknown;
  close(): Promise<void>;
}

export interface SimulatorState {
  logins: number;
  refusedLogins: number;
  tenant: { own: Record<string, string> };
  organization: { own: Record<string, string> };
  host: { own: Record<string, string> };
  receivers: string[];
}

/** A simulated UiPath on a real port, and the system's own client connected to it. */
export async function openRoom(options: RoomOptions = {}): Promise<Room> {
  const writes: { call: string; body: unknown }[] = [];
  const simulated = await startSimulated(createUiPathSimulator, {
    options: { uipath: { ...options.uipath } },
    ...(options.clock ? { clock: options.clock } : {}),
    prepare: (app) => {
      app.addHook("preHandler", async (request) => {
        if (request.method === "GET" || /connect|authenticate/.test(request.url)) return;
        const last = request.url.split("?")[0]!.split(/[/.]/).at(-1)!;
        writes.push({ call: request.method === "POST" ? last : `${request.method} ${last}`, body: request.body });
      });
      options.prepare?.(app);
    },
  });
  const redactor = new Redactor();
  const client = await connect(simulated, redactor, options);
  const reports: Problem[] = [];
  return {
    simulated,
    client,
    reports,
    redactor,
    writes,
    codes: () => reports.map(({ code }) => code),
    context: {
      client,
      signal: new AbortController().signal,
      log: silentLogger,
      redactor,
      report: (problem) => void reports.push(problem),
    },
    state: () => simulated.simulator.snapshot() as SimulatorState,
    intervene: (name, argument) => simulated.simulator.interventions![name]!(argument),
    close: () => simulated.close(),
  };
}

/** Another run against the same UiPath: a client that remembers nothing. */
export const nextRun = (room: Room): Promise<UiPathClient> => connect(room.simulated, room.redactor, {});

function connect(simulated: Simulated, redactor: Redactor, options: RoomOptions): Promise<UiPathClient> {
  return connectSystem(
    uipath,
    options.settings ?? null,
    runtimeWith(simulated.simulator.environment(simulated.url), redactor, options.clock),
  );
}

export function runtimeWith(environment: Record<string, string>, redactor = new Redactor(), clock?: Clock): Runtime {
  return {
    clock: clock ?? hurriedClock(),
    log: silentLogger,
    redactor,
    random: () => 0,
    environment,
    homeDirectory: "/",
    workingDirectory: "/",
    readFile: () => undefined,
    userAgent: "test",
  } as unknown as Runtime;
}

/** Waits between retries are over at once, and yet have passed. */
export function hurriedClock(waits: number[] = []): Clock {
  let ahead = 0;
  return {
    now: () => systemClock.now() + ahead,
    sleep: async (ms) => {
      waits.push(ms);
      ahead += ms;
    },
  };
}

export function tenantMail(changes: Partial<TenantMailState> = {}): TenantMailState {
  return { id: null, alerts_enabled: true, mode: "custom", ...mail, ...changes };
}

export function systemMail(changes: Partial<SystemMailState> = {}): SystemMailState {
  return {
    id: null,
    scope: "organization",
    organization_id: null,
    ...mail,
    connection_timeout_ms: null,
    origin: null,
    inherited: null,
    ...changes,
  };
}

const mail = {
  smtp_host: "127.0.0.1",
  smtp_port: 587,
  domain: null,
  username: "alerts",
  password_wo: null,
  password_wo_version: 1,
  enable_ssl: true,
  use_default_credentials: false,
  sender_address: "alerts@example.com",
  sender_name: "Alerting",
  adopt_existing: false,
  timeouts: null,
};

/** A request as the framework makes it; `notes` is what stays beside the state from one to the next. */
export function request<S extends object>(planned: S, config: Partial<S> = {}, notes: Record<string, unknown> = {}) {
  return {
    planned,
    config: { ...planned, ...config },
    private: notes,
    ownership: withoutOwnership,
    save: () => undefined,
  };
}

/** What an address of this state has to do with the object, for each object that is asked for. */
export const ownedAs = (standing: Standing, notes: Record<string, unknown> = {}, twins = false): ObjectOwnership => ({
  ...withoutOwnership,
  twins,
  standing: async () => standing,
  take: async () => {
    if ("notes" in standing) Object.assign(notes, standing.notes);
    return standing;
  },
  refusal: (id, standing) => cannotTake({ type: "outbound_uipath", id, identity: "" }, standing as { kind: "kept" }),
});

/** Answers writes whose address ends so without doing anything: by an empty success, or by a page. */
export const ignoring =
  (method: string, end: string | RegExp, answer: "nothing" | "page") =>
  (app: WebApp): void =>
    void app.addHook("preHandler", async (incoming, reply) => {
      if (incoming.method !== method || !incoming.url.split("?")[0]!.match(end)) return;
      if (answer === "nothing") return reply.code(204).send();
      return reply.type("text/html").send("<html><title>Down for maintenance</title></html>");
    });

/** After each write, shows readers so many times what was before it. */
export const lagging =
  (times: number) =>
  (app: WebApp): void => {
    const shown = new Map<string, string>();
    let old: Map<string, string> | undefined;
    let left = 0;
    app.addHook("onRequest", async (incoming, reply) => {
      const before = old?.get(incoming.url);
      if (incoming.method !== "GET" || left <= 0 || before === undefined) return;
      left--;
      return reply.type("application/json").send(before);
    });
    app.addHook("onSend", async (incoming, reply, payload) => {
      if (/connect|authenticate/.test(incoming.url)) return;
      if (incoming.method === "GET" && reply.statusCode === 200 && left <= 0) shown.set(incoming.url, String(payload));
      if (incoming.method === "GET") return;
      old = new Map(shown);
      left = times;
    });
  };

async function problemsOf(promise: Promise<unknown>): Promise<readonly Problem[]> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof ProblemError) return error.problems;
    throw error;
  }
  throw new Error("it was expected to fail, but did not");
}

export async function problemOf(promise: Promise<unknown>): Promise<Problem> {
  const problems = await problemsOf(promise);
  expect(problems).toHaveLength(1);
  return problems[0]!;
}
