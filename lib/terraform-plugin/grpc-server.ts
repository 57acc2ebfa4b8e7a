import type { Socket } from "node:net";
import type * as Grpc from "@grpc/grpc-js";
import type { ActiveCall, Calls } from "./calls";
import { HEALTHY_SERVICES, pluginRpcs } from "./plugin-services";
import { rpcs, type RpcName } from "./protocol";
import { cancelled } from "./wire-errors";

/** What the server tells of its client's intentions. */
export interface ServerEvents {
  shutdown(): void;
  stop(): void;
  stdioEnded(): void;
}

export interface GrpcServer {
  /** Serves a connection whose client has already proved who it is. */
  inject(socket: Socket): void;
}

/** Terraform sets no limit itself; this one is that of the Go SDK. */
const LARGEST_MESSAGE = 256 << 20;

/** The gRPC side: tfplugin6.Provider, and what go-plugin expects of any plugin. */
export async function createGrpcServer(calls: Calls, events: ServerEvents): Promise<GrpcServer> {
  const grpc: typeof Grpc = await import("@grpc/grpc-js");
  const server = new grpc.Server({
    "grpc.max_receive_message_length": LARGEST_MESSAGE,
    "grpc.max_send_message_length": LARGEST_MESSAGE,
    "grpc.enable_channelz": 0,
  });

  const definitions: Record<string, Grpc.MethodDefinition<Buffer, Buffer>> = {};
  const handlers: Record<string, Grpc.UntypedHandleCall> = {};
  const add = (name: string, path: string, streams: boolean, handler: Grpc.UntypedHandleCall) => {
    definitions[name] = { path, requestStream: false, responseStream: streams, ...AS_BYTES };
    handlers[name] = handler;
  };
  for (const rpc of Object.keys(rpcs) as RpcName[]) add(rpc, `/tfplugin6.Provider/${rpc}`, false, providerCall(rpc));

  const { shutdown, streamStdio, check, watch } = pluginRpcs;
  add("shutdown", shutdown.path, false, ((_call, reply) => {
    reply(null, shutdown.response.encode({}));
    events.shutdown();
  }) satisfies Unary);
  add("streamStdio", streamStdio.path, true, ((call) => {
    // Kept open without a word, until the client is gone.
    call.on("cancelled", () => events.stdioEnded());
  }) satisfies Stream);
  add("check", check.path, false, ((call, reply) => {
    const { service } = check.request.decode(call.request);
    if (HEALTHY_SERVICES.has(service)) reply(null, check.response.encode({ status: "SERVING" }));
    else reply({ code: grpc.status.NOT_FOUND, details: `there is no service ${service}` });
  }) satisfies Unary);
  add("watch", watch.path, true, ((call) => {
    const { service } = watch.request.decode(call.request);
    const status = HEALTHY_SERVICES.has(service) ? "SERVING" : "SERVICE_UNKNOWN";
    call.write(watch.response.encode({ status }));
  }) satisfies Stream);

  server.addService(definitions, handlers);
  const injector = server.createConnectionInjector(grpc.ServerCredentials.createInsecure());
  return { inject: (socket) => injector.injectConnection(socket) };

  function providerCall(rpc: RpcName): Unary {
    return (call, reply) => {
      const started = (active: ActiveCall) => {
        if (rpc === "StopProvider") events.stop();
        call.on("cancelled", () => active.abort(cancelled()));
      };
      void calls.run(rpc, call.request, started).then((outcome) => {
        if ("response" in outcome) reply(null, outcome.response);
        else if (outcome.unimplemented) reply({ code: grpc.status.UNIMPLEMENTED, details: outcome.failure });
        else reply({ code: grpc.status.INTERNAL, details: outcome.failure });
      });
    };
  }
}

type Unary = Grpc.handleUnaryCall<Buffer, Buffer>;
type Stream = Grpc.handleServerStreamingCall<Buffer, Buffer>;

/** Messages are encoded where their failure can still become a diagnostic. */
const AS_BYTES = {
  requestSerialize: (bytes: Buffer) => bytes,
  requestDeserialize: (bytes: Buffer) => bytes,
  responseSerialize: (bytes: Buffer) => bytes,
  responseDeserialize: (bytes: Buffer) => bytes,
};
