import type { Socket } from "node:net";
import {
  constants,
  createServer,
  type IncomingHttpHeaders,
  type ServerHttp2Session,
  type ServerHttp2Stream,
} from "node:http2";
import type { ActiveCall, Calls, LoadedService } from "./calls";
import { frame, FrameReader, Status, trailers } from "./grpc-frames";
import { HEALTHY_SERVICES, pluginRpcs } from "./plugin-services";
import { rpcs, type RpcName } from "./protocol";
import { cancelled, stopped } from "./wire-errors";

/** What the server tells of its client's intentions. */
export interface ServerEvents {
  shutdown(): void;
  stdioEnded(): void;
}

export interface GrpcServer {
  /** Serves a connection whose client has already proved who it is. */
  inject(socket: Socket): void;
}

/** Answers one call, given its request. */
type Method = (stream: ServerHttp2Stream, request: Buffer) => void;

/** Room for large states without waiting for window updates. */
const WINDOW = 16 << 20;

/** Node's own limit of 10 MiB is less than one large state. */
const LARGEST_SESSION_MIB = 1_024;

/**
 * The gRPC side: tfplugin6.Provider, and what go-plugin expects of any plugin. Straight on node:http2, because a plan
 * makes four calls for each resource instance and starts several processes: see docs/benchmarks.md.
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
    // Kept open without a word, until the client is gone.
    stream.respond(RESPONSE_HEADERS);
    stream.once("close", () => events.stdioEnded());
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

  const server = createServer({
    maxSessionMemory: LARGEST_SESSION_MIB,
    settings: { initialWindowSize: WINDOW, maxConcurrentStreams: 1_000 },
  });
  server.on("session", (session: ServerHttp2Session) => {
    session.setLocalWindowSize(WINDOW);
    session.on("error", () => session.destroy());
  });
  server.on("stream", (stream: ServerHttp2Stream, headers: IncomingHttpHeaders & { ":path"?: string }) => {
    const path = headers[":path"] ?? "";
    const method = methods.get(path);
    // A client that breaks off is told of by the stream's end; the error itself says nothing more.
    stream.on("error", () => undefined);
    if (method === undefined) refuse(stream, Status.unimplemented, `there is no method ${path}`);
    else receive(stream, (request) => method(stream, request));
  });
  return { inject: (socket) => void server.emit("connection", socket) };

  function providerCall(rpc: RpcName): Method {
    return (stream, request) => {
      const started = (active: ActiveCall) => {
        if (rpc === "StopProvider") calls.abort(stopped(), service);
        stream.once("aborted", () => active.abort(cancelled()));
      };
      void calls.run(service, rpc, request, started).then((outcome) => {
        if ("response" in outcome) answer(stream, outcome.response);
        else refuse(stream, outcome.unimplemented ? Status.unimplemented : Status.internal, outcome.failure);
      });
    };
  }
}

const RESPONSE_HEADERS = { ":status": 200, "content-type": "application/grpc" };

/** Collects the one message of a request. */
function receive(stream: ServerHttp2Stream, done: (request: Buffer) => void): void {
  const reader = new FrameReader();
  stream.on("data", (chunk: Buffer) => {
    const problem = reader.push(chunk);
    if (problem !== undefined) refuse(stream, problem.status, problem.message);
  });
  stream.once("end", () => {
    if (stream.headersSent) return;
    const message = reader.message();
    if (message === undefined) refuse(stream, Status.invalidArgument, "the request is not one whole message");
    else done(message);
  });
}

function answer(stream: ServerHttp2Stream, response: Buffer): void {
  if (stream.destroyed) return;
  stream.respond(RESPONSE_HEADERS, { waitForTrailers: true });
  stream.once("wantTrailers", () => stream.sendTrailers(trailers(Status.ok)));
  stream.end(frame(response));
}

function refuse(stream: ServerHttp2Stream, status: Status, message: string): void {
  if (stream.destroyed || stream.headersSent) return;
  stream.respond({ ...RESPONSE_HEADERS, ...trailers(status, message) }, { endStream: true });
  // What the client still sends is not wanted.
  stream.close(constants.NGHTTP2_NO_ERROR);
}
