import type { Socket } from "node:net";
import type { CallEvents, Calls, LoadedService } from "./calls";
import { frame, MessageReader, Status, trailers } from "./grpc-frames";
import { ServerConnection } from "./http2/connection";
import { encodeHeaders } from "./http2/header-encoder";
import type { Stream } from "./http2/stream";
import { HEALTHY_SERVICES, pluginRpcs } from "./plugin-services";
import { rpcs, type RpcName } from "./protocol";
import { cancelled, stopped } from "./wire-errors";

/** Events by which the client announces its intentions. */
export interface ServerEvents {
  shutdown(): void;
  stdioEnded(): void;
}

export interface GrpcServer {
  /** Serves a connection whose client is already authenticated. */
  inject(socket: Socket): void;
}

/** Answers one call, given its request. */
type Method = (stream: Stream, request: Buffer) => void;

/**
 * The gRPC server of tfplugin6.Provider and of the services that go-plugin expects of any plugin. It uses its own HTTP/2,
 * because a plan makes four calls for each resource instance, and node:http2 takes longer for a call than its handler: see
 * docs/benchmarks.md.
 *
 * @see https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md
 */
export function createGrpcServer(calls: Calls, service: LoadedService, events: ServerEvents): GrpcServer {
  const methods = new Map<string, Method>();
  for (const rpc of Object.keys(rpcs) as RpcName[]) methods.set(`/tfplugin6.Provider/${rpc}`, providerCall(rpc));

  const { shutdown, streamStdio, check, watch } = pluginRpcs;
  methods.set(shutdown.path, (stream) => {
    answer(stream, shutdown.response.encode({}));
    events.shutdown();
  });
  methods.set(streamStdio.path, (stream) => {
    // Stays open silently until the client is gone.
    stream.onAborted = () => events.stdioEnded();
    stream.respond(RESPONSE_HEADERS);
  });
  methods.set(check.path, (stream, request) => {
    const { service } = check.request.decode(request);
    if (HEALTHY_SERVICES.has(service)) answer(stream, check.response.encode({ status: "SERVING" }));
    else refuse(stream, Status.notFound, `there is no service ${service}`);
  });
  methods.set(watch.path, (stream, request) => {
    const { service } = watch.request.decode(request);
    stream.respond(RESPONSE_HEADERS);
    stream.write(
      frame(watch.response.encode({ status: HEALTHY_SERVICES.has(service) ? "SERVING" : "SERVICE_UNKNOWN" })),
    );
  });

  return {
    inject: (socket) =>
      void new ServerConnection(socket, (stream) => {
        const method = methods.get(stream.path);
        if (method === undefined) refuse(stream, Status.unimplemented, `there is no method ${stream.path}`);
        else receive(stream, (request) => method(stream, request));
      }),
  };

  function providerCall(rpc: RpcName): Method {
    return (stream, request) => {
      const events: CallEvents = {
        started(active) {
          if (rpc === "StopProvider") calls.abort(stopped(), service);
          stream.onAborted = () => active.abort(cancelled());
        },
        message(bytes) {
          send(stream, bytes);
          return stream.sent();
        },
      };
      void calls.run(service, rpc, request, events).then((outcome) => {
        if ("failure" in outcome) {
          refuse(stream, outcome.unimplemented ? Status.unimplemented : Status.internal, outcome.failure);
        } else answer(stream, outcome.response);
      });
    };
  }
}

const HEADERS = { ":status": "200", "content-type": "application/grpc" };
const RESPONSE_HEADERS = encodeHeaders(HEADERS);
const SUCCESS = encodeHeaders(trailers(Status.ok));

/** Collects the one message of a request. */
function receive(stream: Stream, done: (request: Buffer) => void): void {
  const reader = new MessageReader();
  stream.onData = (chunk) => {
    const problem = reader.push(chunk);
    if (problem !== undefined) refuse(stream, problem.status, problem.message);
  };
  stream.onEnd = () => {
    if (!stream.waits) return;
    const message = reader.message();
    if (message === undefined) refuse(stream, Status.invalidArgument, "the request is not one whole message");
    else done(message);
  };
}

/** Sends the last message, or none: a stream may have sent all of its messages before. */
function answer(stream: Stream, response: Buffer | undefined): void {
  if (response === undefined) stream.respond(RESPONSE_HEADERS);
  else send(stream, response);
  stream.end(SUCCESS);
}

function send(stream: Stream, message: Buffer): void {
  stream.respond(RESPONSE_HEADERS);
  stream.write(frame(message));
}

function refuse(stream: Stream, status: Status, message: string): void {
  if (stream.waits) stream.end(encodeHeaders({ ...HEADERS, ...trailers(status, message) }));
}
