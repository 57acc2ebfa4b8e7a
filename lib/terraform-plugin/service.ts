import type { Rpcs, StreamingRpcName } from "./protocol";

/** What every call gets besides its request. */
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

/** A provider as the protocol sees it. Calls it does not have are answered with UNIMPLEMENTED. */
export interface ProviderService extends Handlers {
  /** The client is gone for good. */
  close?(): void;
}
