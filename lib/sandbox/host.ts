import { WebApp } from "../systems/kit/simulator/web-app";
import type { Payload, WebReply, WebRequest } from "../systems/kit/simulator/web";
import type { Clock } from "../core/clock";
import { addCircumstances } from "../systems/kit/simulator/circumstances";
import type { Simulator } from "../systems/kit/simulator/simulation";
import type { FaultEffect, Faults, AppliedFault } from "./faults";
import { refuseWebPages } from "./callers";
import { listen } from "./listen";
import type { Recorder } from "./recorder";
import type { RandomOrder } from "./request-order";

export interface HostOptions {
  readonly simulator: Simulator;
  readonly faults: Faults;
  /** Left out for benchmarks: then no request is recorded. */
  readonly recorder?: Recorder;
  readonly clock: Clock;
  /** Milliseconds added to every answer: the network distance to a real API. */
  readonly latencyMs: number;
  /** Decides the order of requests that arrive together. @default the order of arrival */
  readonly order?: RandomOrder;
  /** 0 for any free port. */
  readonly port: number;
  /** Ends the waiting for delayed answers. */
  readonly closing: AbortSignal;
}

export interface SandboxHost {
  readonly url: string;
  close(): Promise<void>;
}

const MAINTENANCE =
  "<!doctype html><html><head><title>Maintenance</title></head><body>We will be back soon.</body></html>";

/** Serves one simulator at its own address on loopback, behind latency, faults and the recorder. */
export async function startHost(options: HostOptions): Promise<SandboxHost> {
  const { simulator, clock, closing } = options;
  const app = new WebApp();
  const { tables } = simulator;
  const applied = new WeakMap<WebRequest, AppliedFault>();
  const observe = observer(options, applied);
  refuseWebPages(app);

  // preHandler, not onRequest: by then the body is read, so that a request that a fault stops is recorded with it.
  app.addHook("preHandler", async (request: WebRequest, reply: WebReply) => {
    await options.order?.pass();
    if (options.latencyMs > 0) await clock.sleep(options.latencyMs, closing);
    const fault = options.faults.strike({
      system: simulator.system,
      method: request.method,
      path: pathOf(request),
      tables,
      now: clock.now(),
    });
    if (fault === undefined) return;
    applied.set(request, fault);
    if (fault.effect.kind === "reset-before") observe(request, 0, undefined);
    return applyBefore(fault.effect, request, reply, options);
  });

  addCircumstances(app, tables, clock, (request) => applied.get(request)?.view);

  app.addHook("onSend", async (request, reply, payload) => {
    const effect = applied.get(request)?.effect;
    observe(request, effect?.kind === "reset-after" ? 0 : reply.statusCode, payload);
    await applyAfter(effect, request, reply, payload, options);
    return payload;
  });

  simulator.register(app);
  const url = await listen(app, options.port, `simulator of ${simulator.system}`);
  return {
    url,
    close: async () => {
      await app.close();
      await simulator.close?.();
    },
  };
}

type Observe = (request: WebRequest, status: number, payload: unknown) => void;

/** Records requests with their answers, if there is a recorder. */
function observer({ simulator, recorder }: HostOptions, applied: WeakMap<WebRequest, AppliedFault>): Observe {
  if (recorder === undefined) return () => undefined;
  return (request, status, payload) =>
    recorder.add({
      system: simulator.system,
      method: request.method,
      path: pathOf(request),
      query: request.query,
      // Some simulators need bodies as text, because signatures cover the exact bytes.
      body: parsed(request.body),
      status,
      answer: parsed(payload),
      ...(applied.has(request) ? { fault: applied.get(request)!.effect.kind } : {}),
    });
}

/** Applies a fault before the simulator acts; those that come after it, or show an earlier state, do nothing here. */
async function applyBefore(
  effect: FaultEffect,
  request: WebRequest,
  reply: WebReply,
  { clock, closing }: HostOptions,
): Promise<unknown> {
  switch (effect.kind) {
    case "delay":
      return clock.sleep(effect.ms, closing);
    case "status":
      return reply
        .code(effect.status)
        .headers(effect.headers ?? {})
        .send(effect.body ?? "");
    case "maintenance":
      return reply.code(200).type("text/html; charset=utf-8").send(MAINTENANCE);
    case "fake-success":
      return reply.code(effect.status ?? 204).send("");
    case "reset-before":
      reply.hijack();
      request.raw.socket.resetAndDestroy();
      return undefined;
    case "stale":
    case "omit":
    case "reset-after":
    case "truncated":
    case "slow-body":
      return undefined;
  }
}

/** Applies a fault after the simulator has acted: only the reply is lost, cut or late. */
async function applyAfter(
  effect: FaultEffect | undefined,
  request: WebRequest,
  reply: WebReply,
  payload: Payload,
  { clock, closing }: HostOptions,
): Promise<void> {
  if (effect?.kind === "reset-after") request.raw.socket.resetAndDestroy();
  if (effect?.kind === "truncated") await sendHalf(reply, payload, () => void request.raw.socket.destroy());
  if (effect?.kind === "slow-body") {
    await sendHalf(reply, payload, async (rest) => {
      await clock.sleep(effect.ms, closing);
      reply.raw.end(rest);
    });
  }
}

/** Announces the whole body and sends its first half; an answer without a body is sent as usual. */
async function sendHalf(
  { raw, statusCode, sentHeaders }: WebReply,
  payload: Payload,
  then: (rest: Buffer) => Promise<void> | void,
): Promise<void> {
  const body = Buffer.from(payload ?? "");
  if (body.length === 0 || statusCode === 204 || statusCode === 304) return;
  const half = Math.floor(body.length / 2);
  raw.writeHead(statusCode, { ...sentHeaders, "content-length": body.length });
  await new Promise<void>((sent) => raw.write(body.subarray(0, half), () => sent()));
  await then(body.subarray(half));
}

function pathOf(request: WebRequest): string {
  return request.url.split("?", 1)[0]!;
}

function parsed(payload: unknown): unknown {
  if (typeof payload !== "string" || payload === "") return payload === "" ? undefined : payload;
  try {
    return JSON.parse(payload);
  } catch {
    return payload;
  }
}
