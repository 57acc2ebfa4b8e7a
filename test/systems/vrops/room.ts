import { freeForAll } from "../../../lib/terraform-plugin/ownership/free-for-all";
import type { ObjectOwnership } from "../../../lib/terraform-plugin/ownership/address";
import type { WebApp } from "../../../lib/systems/kit/simulator/web-app";
import { systemClock, type Clock } from "../../../lib/core/clock";
import { silentLogger } from "../../../lib/core/log";
import { ProblemError, type Problem } from "../../../lib/core/problem";
import { Redactor } from "../../../lib/core/redaction";
import { connectSystem } from "../../../lib/systems/kit/connect";
import type { Runtime } from "../../../lib/systems/kit/system";
import { vrops } from "../../../lib/systems/vrops";
import type { VropsClient } from "../../../lib/systems/vrops/client";
import type { EmailPluginState } from "../../../lib/systems/vrops/email-plugin.schema";
import type { NotificationRuleState } from "../../../lib/systems/vrops/notification-rule.schema";
import { createVropsSimulator } from "../../../lib/systems/vrops/simulator";
import type { Context } from "../../../lib/terraform-plugin/resource";
import { noProbe } from "../../support/no-probe";
import { startSimulated, type Simulated } from "../../support/simulated";

export const SERVICE = "pcc-192-0-2-10";
export const PASSWORD = "correct horse battery";

export interface RoomOptions {
  /** Options of the simulator. */
  readonly vrops?: Readonly<Record<string, unknown>>;
  readonly settings?: Readonly<Record<string, string>>;
  readonly clock?: Clock;
  prepare?(app: WebApp): void;
}

export interface Room {
  readonly simulated: Simulated;
  readonly client: VropsClient;
  readonly context: Context<VropsClient>;
  /** What handlers reported, codes only. */
  codes(): string[];
  readonly reports: Problem[];
  readonly redactor: Redactor;
  /** Requests that change something, without logging in: `PUT /suite-api/api/alertplugins`. */
  writes(): string[];
  state(): SimulatorState;
  intervene(name: string, argument?: unknown): unknown;
  close(): Promise<void>;
}

export interface SimulatorState {
  tokens: { alive: number; logins: number; refusedLogins: number };
  plugins: { pluginId: string; name: string; enabled: boolean; configValues: { name: string; value: string }[] }[];
  rules: Record<string, unknown>[];
}

/** A simulated vROps on a real port, and the system's own client connected to it. */
export async function openRoom(options: RoomOptions = {}): Promise<Room> {
  const simulated = await startSimulated(createVropsSimulator, {
    options: { vrops: { connectTimeoutMs: 5, ...options.vrops } },
    ...(options.clock ? { clock: options.clock } : {}),
    ...(options.prepare ? { prepare: options.prepare } : {}),
  });
  const redactor = new Redactor();
  const environment = simulated.simulator.environment(simulated.url);
  const client = await connectSystem(vrops, options.settings ?? null, runtimeWith(environment, redactor));
  const reports: Problem[] = [];
  return {
    simulated,
    client,
    reports,
    redactor,
    codes: () => reports.map(({ code }) => code),
    context: {
      client,
      signal: new AbortController().signal,
      log: silentLogger,
      redactor,
      report: (problem) => void reports.push(problem),
    },
    writes: () =>
      simulated.requests
        .filter((request) => !request.startsWith("GET") && !request.includes("/auth/token"))
        .map((request) => request.replace("/suite-api/api", "").replace(/[0-9a-f]{8}-[0-9a-f-]{27}/, "ID")),
    state: () => simulated.simulator.snapshot() as SimulatorState,
    intervene: (name, argument) => simulated.simulator.interventions![name]!(argument),
    close: () => simulated.close(),
  };
}

/** From when it says so, lists have nothing: what they would show can be asked for by its id only. */
export function emptyLists(path: string) {
  let isEmpty = false;
  return {
    from: () => (isEmpty = true),
    prepare: (app: WebApp) =>
      void app.addHook("onSend", async ({ method, url }, _reply, payload) => {
        if (!isEmpty || method !== "GET" || !url.split("?")[0]!.endsWith(path)) return payload;
        const shown = Object.entries(JSON.parse(String(payload)) as Record<string, unknown>);
        const emptied = shown.map(([name, value]) => [name, Array.isArray(value) ? [] : value]);
        return JSON.stringify({
          ...Object.fromEntries(emptied),
          pageInfo: { totalCount: 0, page: 0, pageSize: 1_000 },
        });
      }),
  };
}

/** Of an object that passes from another address of this state. */
export function passing(id: string): ObjectOwnership {
  const standing = { kind: "passing", notes: {} } as const;
  return {
    ...freeForAll,
    standing: async () => standing,
    take: async () => standing,
    passing: () => [{ id, notes: {} }],
  };
}

/** What was read before is forgotten, as it is by the next run. */
export async function forgetLists({ client }: Room): Promise<void> {
  const nothing = async () => undefined;
  await client.plugins.objects.writing(nothing);
  await client.rules.objects.writing(nothing);
}

/** Another run against the same vROps: a client that remembers nothing. */
export function nextRun(room: Room): Promise<VropsClient> {
  return connectSystem(
    vrops,
    null,
    runtimeWith(room.simulated.simulator.environment(room.simulated.url), room.redactor),
  );
}

export function runtimeWith(environment: Record<string, string>, redactor = new Redactor()): Runtime {
  let slept = 0;
  return {
    // Waits are not what is tested here: they pass at once, and count.
    clock: {
      now: () => systemClock.now() + slept,
      sleep: async (ms) => {
        slept += ms;
      },
    },
    log: silentLogger,
    redactor,
    random: () => 0,
    environment,
    homeDirectory: "/",
    workingDirectory: "/",
    readFile: () => undefined,
    userAgent: "test",
    smtpProbe: noProbe,
  };
}

export function emailPlugin(changes: Partial<EmailPluginState> = {}): EmailPluginState {
  return {
    id: null,
    name: "Prod SMTP",
    description: null,
    smtp_host: "127.0.0.1",
    smtp_port: 587,
    security: "starttls",
    username: "alerts",
    password_wo: null,
    password_wo_version: 1,
    sender_address: "alerts@example.com",
    sender_name: "Alerting",
    enabled: true,
    trusted_certificate_thumbprint: null,
    adopt_existing: false,
    timeouts: null,
    ...changes,
  };
}

export function rule(changes: Partial<NotificationRuleState> = {}): NotificationRuleState {
  return {
    id: null,
    name: "Critical to on-call",
    plugin_id: "unset",
    receivers: ["noc@example.com", "oncall@example.com"],
    cc_receivers: null,
    bcc_receivers: null,
    other_receivers: null,
    description: null,
    enabled: true,
    criticalities: ["CRITICAL", "IMMEDIATE"],
    alert_statuses: null,
    alert_control_states: null,
    resource_kinds: null,
    alert_definition_ids: null,
    delay_minutes: null,
    resend_minutes: null,
    max_notifications: null,
    template_id: null,
    adopt_existing: false,
    timeouts: null,
    ...changes,
  };
}

/** A request as the framework makes it, and what was saved meanwhile. */
export function request<S extends object>(planned: S, config: Partial<S> = {}) {
  const saved: S[] = [];
  return {
    planned,
    config: { ...planned, ...config },
    private: {},
    ownership: freeForAll,
    save: (state: S) => void saved.push(state),
    saved,
  };
}

/** The problems with which a promise fails; fails itself when the promise does not. */
export async function problemsOf(promise: Promise<unknown>): Promise<readonly Problem[]> {
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

/** Destroys the connection instead of the first answer that matches, after the simulator has done its work. */
export function loseReply(app: WebApp, method: string, url: RegExp): void {
  let lost = false;
  app.addHook("onSend", async (incoming) => {
    if (lost || incoming.method !== method || !url.test(incoming.url)) return;
    lost = true;
    incoming.raw.socket.destroy();
  });
}
