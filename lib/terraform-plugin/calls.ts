import { ProblemError, problemDetail, problemSummary } from "../core/problem";
import { isStreaming, rpcs, type DiagnosticInput, type RpcName } from "./protocol";
import type { Call, ProviderService } from "./service";
import { handlerFailed, unansweredCall } from "./wire-errors";

/** The outcome of a call: the bytes of its response, the end of a stream, or an error status. */
export type CallOutcome =
  { readonly response?: Buffer } | { readonly failure: string; readonly unimplemented: boolean };

/** Events while a call runs. */
export interface CallEvents {
  /** Called before the call counts as active, with the object to abort it when the client cancels. */
  started(call: ActiveCall): void;
  /**
   * Called with each message of a stream. The next one is requested once this resolves, so that a slow client slows the
   * handler down.
   */
  message(bytes: Buffer): Promise<void> | undefined;
}

/** The encoded responses of calls that need no service. */
export type PreparedAnswers = Readonly<Partial<Record<RpcName, () => Buffer>>>;

/** The service that answers the calls of a connection, once it is loaded. */
export type LoadedService = () => Promise<ProviderService>;

/** A running call. Most handlers never look at the signal, so it is created on demand. */
export class ActiveCall implements Call {
  private controller: AbortController | undefined;
  private reason: Error | undefined;
  private ends: (() => void)[] = [];

  get signal(): AbortSignal {
    if (this.controller === undefined) {
      this.controller = new AbortController();
      if (this.reason) this.controller.abort(this.reason);
    }
    return this.controller.signal;
  }

  atEnd(action: () => void): void {
    this.ends.push(action);
  }

  end(): void {
    for (const action of this.ends.splice(0)) action();
  }

  abort(reason: Error): void {
    if (this.reason) return;
    this.reason = reason;
    this.controller?.abort(reason);
  }
}

/** Runs the calls of all services and knows which are active. A failing handler never ends the process. */
export class Calls {
  private readonly active = new Map<ActiveCall, LoadedService>();
  private waiting: { readonly listener: () => void; readonly only: LoadedService | undefined }[] = [];

  constructor(
    private readonly options: {
      redact(text: string): string;
      onFailure(rpc: RpcName, error: unknown): void;
      readonly prepared?: PreparedAnswers | undefined;
    },
  ) {}

  /**
   * Aborts the active calls of one service or of all. Later calls are not affected: in a debug session another run may
   * follow.
   */
  abort(reason: Error, only?: LoadedService): void {
    for (const [call, service] of this.active) if (only === undefined || only === service) call.abort(reason);
  }

  /** Calls back once no call is active, of one service or of all. */
  whenIdle(listener: () => void, only?: LoadedService): void {
    this.waiting.push({ listener, only });
    this.notifyIdle();
  }

  /** Runs one call. */
  async run(service: LoadedService, rpc: RpcName, request: Uint8Array, events: CallEvents): Promise<CallOutcome> {
    const call = new ActiveCall();
    events.started(call);
    this.active.set(call, service);
    try {
      const prepared = this.options.prepared?.[rpc];
      if (prepared !== undefined) return { response: prepared() };
      return await this.answer(await service(), rpc, request, call, events);
    } catch (error) {
      this.options.onFailure(rpc, error);
      return this.refusal(rpc, error);
    } finally {
      this.active.delete(call);
      call.end();
      this.notifyIdle();
    }
  }

  private notifyIdle(): void {
    if (this.waiting.length === 0) return;
    const busy = new Set(this.active.values());
    const isIdle = (only: LoadedService | undefined) => (only === undefined ? busy.size === 0 : !busy.has(only));
    const told = this.waiting.filter(({ only }) => isIdle(only));
    this.waiting = this.waiting.filter(({ only }) => !isIdle(only));
    for (const { listener } of told) listener();
  }

  private async answer(
    service: ProviderService,
    rpc: RpcName,
    bytes: Uint8Array,
    call: Call,
    { message }: CallEvents,
  ): Promise<CallOutcome> {
    const { request, response } = rpcs[rpc];
    // `rpcs` and `ProviderService` define which message belongs to which call; no type expresses it for a call chosen at run
    // time.
    const handler = service[rpc] as ((request: unknown, call: Call) => unknown) | undefined;
    if (handler === undefined) {
      // The server itself handles StopProvider; a service may add to it.
      if (rpc === "StopProvider") return { response: rpcs.StopProvider.response.encode({}) };
      return { failure: unansweredCall(rpc), unimplemented: true };
    }
    const answer = handler.call(service, request.decode(bytes), call);
    if (!isStreaming(rpc)) return { response: response.encode((await answer) as never) };
    for await (const part of answer as AsyncIterable<unknown>) await message(response.encode(part as never));
    return {};
  }

  private refusal(rpc: RpcName, error: unknown): CallOutcome {
    const { response } = rpcs[rpc];
    const diagnostics = this.diagnostics(rpc, error);
    const text = diagnostics.map(({ summary, detail }) => `${summary}\n${detail}`).join("\n\n");
    // The cast is as in `answer`: these messages have the field.
    if ("diagnostics" in response.fields) return { response: response.encode({ diagnostics } as never) };
    if (rpc === "CallFunction") return { response: rpcs.CallFunction.response.encode({ error: { text } }) };
    if (rpc === "StopProvider") return { response: rpcs.StopProvider.response.encode({ Error: text }) };
    if (rpc === "ListResource") return { response: rpcs.ListResource.response.encode({ diagnostic: diagnostics }) };
    if (rpc === "InvokeAction") return { response: rpcs.InvokeAction.response.encode({ completed: { diagnostics } }) };
    return { failure: text, unimplemented: false };
  }

  private diagnostics(rpc: RpcName, error: unknown): DiagnosticInput[] {
    const redact = (text: string) => this.options.redact(text);
    const problems = error instanceof ProblemError ? error.problems : [handlerFailed(rpc, error)];
    return problems.map((problem) => ({
      severity: problem.severity === "warning" ? "WARNING" : "ERROR",
      summary: redact(problemSummary(problem, redact)),
      detail: redact(problemDetail(problem, redact)),
    }));
  }
}
