import { withoutOwnership } from "../../../lib/terraform-plugin/ownership/without-ownership";
import type { WebApp } from "../../../lib/systems/kit/simulator/web-app";
import { systemClock } from "../../../lib/core/clock";
import { silentLogger } from "../../../lib/core/log";
import { ProblemError, type Problem } from "../../../lib/core/problem";
import { Redactor } from "../../../lib/core/redaction";
import type { OvhVropsClient } from "../../../lib/systems/ovh-vrops/client";
import { resolveSettings } from "../../../lib/systems/kit/settings-resolution";
import { ovhVrops } from "../../../lib/systems/ovh-vrops";
import { connect } from "../../../lib/systems/ovh-vrops/connect";
import type { FlowState } from "../../../lib/systems/ovh-vrops/flow.schema";
import { flowResource } from "../../../lib/systems/ovh-vrops/flow.resource";
import { createOvhSimulator } from "../../../lib/systems/ovh-vrops/simulator";
import type { OvhSettings } from "../../../lib/systems/ovh-vrops/settings";
import type { Runtime } from "../../../lib/systems/kit/system";
import type { Context } from "../../../lib/terraform-plugin/resource";
import { noProbe } from "../../support/no-probe";
import { startSimulated, type Simulated } from "../../support/simulated";

export const SERVICE = "pcc-192-0-2-10";
const FLOWS = `/1.0/dedicatedCloud/${SERVICE}/vrops/outgoingFlow`;

export function runtimeOf(overrides: Partial<Runtime> = {}): Runtime {
  return {
    clock: systemClock,
    log: silentLogger,
    redactor: new Redactor(),
    random: () => 0,
    environment: {},
    homeDirectory: "/home/somebody",
    workingDirectory: "/project",
    readFile: () => undefined,
    userAgent: "tester/1",
    smtpProbe: noProbe,
    ...overrides,
  };
}

export interface World extends Simulated {
  readonly client: OvhVropsClient;
  /** What the last handlers reported. */
  readonly reports: Problem[];
  context(signal?: AbortSignal): Context<OvhVropsClient>;
  /** Another provider run. */
  reconnect(settings?: Block): OvhVropsClient;
  intervene(name: string, argument?: unknown): unknown;
  /** Arrived requests to a route of flows, `POST` or `GET /41`. */
  count(methodAndPath: string): number;
  flows(): { outgoingFlowId: number; ip: string; servicePort: number; description: string; state: string }[];
}

export interface WorldOptions {
  readonly ovh?: Record<string, unknown>;
  readonly settings?: Block;
  readonly environment?: Record<string, string>;
  readonly clock?: Runtime["clock"];
  /** How long to believe that something will still show up, milliseconds. @default 60 */
  readonly patienceMs?: number;
  prepare?(app: WebApp): void;
}

const open: Simulated[] = [];
/** The provider's `ovh` block, as far as it is written. */
export type Block = Readonly<Record<string, string | number | null>>;

/** What comes of the block and the surroundings. */
export function settingsOf(block: Block, runtime: Runtime): OvhSettings {
  const resolution = resolveSettings(ovhVrops, block, runtime);
  if (resolution.status === "faulty") throw new ProblemError(...resolution.problems);
  return (resolution as { settings: object }).settings as OvhSettings;
}

export async function closeWorlds(): Promise<void> {
  await Promise.all(open.splice(0).map((world) => world.close()));
}

export async function startWorld(options: WorldOptions = {}): Promise<World> {
  const simulated = await startSimulated(createOvhSimulator, {
    options: { ovh: { taskMilliseconds: 3, services: [SERVICE], ...options.ovh } },
    ...(options.prepare && { prepare: options.prepare }),
  });
  open.push(simulated);
  const reports: Problem[] = [];
  const { patienceMs = 60 } = options;
  const reconnect = (settings: Block = options.settings ?? {}) => {
    const runtime = runtimeOf({
      environment: options.environment ?? simulated.simulator.environment(simulated.url),
      ...(options.clock && { clock: options.clock }),
    });
    return connect(settingsOf(settings, runtime), runtime, { lostReplyMs: patienceMs, settleMs: patienceMs });
  };
  const client = reconnect();
  return {
    ...simulated,
    client,
    reports,
    reconnect,
    context: (signal = new AbortController().signal) => ({
      client,
      signal,
      log: silentLogger,
      redactor: new Redactor(),
      report: (problem) => void reports.push(problem),
    }),
    intervene: (name, argument) => simulated.simulator.interventions![name]!(argument),
    count: (methodAndPath) => {
      const [method, path = ""] = methodAndPath.split(" ");
      return simulated.requests.filter((line) => line === `${method} ${FLOWS}${path}`).length;
    },
    flows: () => (simulated.simulator.snapshot() as { services: { flows: never[] }[] }).services[0]!.flows,
  };
}

export const planned = (changes: Partial<FlowState> = {}): FlowState => ({
  id: null,
  service_name: SERVICE,
  ip: "203.0.113.25",
  port: 587,
  description: "SMTP relay",
  adopt_existing: false,
  flow_id: null,
  state: null,
  timeouts: null,
  ...changes,
});

/** Runs the create handler; `saved` is what it has told Terraform on the way. */
export async function create(world: World, changes: Partial<FlowState> = {}, context = world.context()) {
  const saved: FlowState[] = [];
  const plan = planned(changes);
  const request = {
    planned: plan,
    config: plan,
    private: {},
    ownership: withoutOwnership,
    save: (state: FlowState) => void saved.push(state),
  };
  const outcome = await Promise.resolve(flowResource.create(request, context)).then(
    (state) => ({ state, problem: undefined }),
    (error: unknown) => ({ state: undefined, problem: problemOf(error) }),
  );
  return { ...outcome, saved };
}

export async function created(world: World, changes: Partial<FlowState> = {}): Promise<FlowState> {
  const { state, problem } = await create(world, changes);
  if (state === undefined) throw new ProblemError(problem);
  return state;
}

export const read = (world: World, prior: FlowState, imported = false) =>
  Promise.resolve(flowResource.read({ prior, private: {}, imported }, world.context()));

export const update = (world: World, prior: FlowState, changes: Partial<FlowState>) => {
  const plan = { ...prior, ...changes };
  return flowResource.update!(
    { prior, planned: plan, config: plan, private: {}, save: () => undefined },
    world.context(),
  );
};

export const remove = (world: World, prior: FlowState) => flowResource.delete({ prior, private: {} }, world.context());

/** The problem a promise is rejected with. */
export async function refusal(promise: Promise<unknown>): Promise<Problem> {
  return promise.then(
    () => {
      throw new Error("nothing was refused");
    },
    (error: unknown) => problemOf(error),
  );
}

function problemOf(error: unknown): Problem {
  if (!(error instanceof ProblemError)) throw error;
  return error.problems[0]!;
}
