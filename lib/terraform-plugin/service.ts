import type { Rpcs, StreamingRpcName } from "./protocol";

/** The context of every call. */
export interface Call {
  /** Aborts on StopProvider, when the call is cancelled, or when the client is gone. */
  readonly signal: AbortSignal;
  /** Does this once the call is answered. @default never */
  atEnd?(action: () => void): void;
}

type Answer<Rpc extends keyof Rpcs> = Rpc extends StreamingRpcName
  ? AsyncIterable<Rpcs[Rpc]["response"]>
  : Promise<Rpcs[Rpc]["response"]>;

type Handlers = {
  [rpc in keyof Rpcs]?: (request: Rpcs[rpc]["request"], call: Call) => Answer<rpc>;
};

/** A provider as the protocol sees it. Calls that it lacks are answered with UNIMPLEMENTED. */
export interface ProviderService extends Handlers {
  /** Called when the client is gone for good. */
  close?(): void;
}
