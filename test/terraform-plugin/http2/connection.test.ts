import { once } from "node:events";
import { connect as connectHttp2, constants, type ClientHttp2Session } from "node:http2";
import { connect, createServer, type AddressInfo, type Server, type Socket } from "node:net";
import { ServerConnection } from "../../../lib/terraform-plugin/http2/connection";
import {
  encodeFrame,
  ErrorCode,
  Flag,
  FrameReader,
  FrameType,
  PREFACE,
  uint32,
  type Frame,
} from "../../../lib/terraform-plugin/http2/frames";
import { encodeHeaders } from "../../../lib/terraform-plugin/http2/header-encoder";
import { encodeSettings, Setting } from "../../../lib/terraform-plugin/http2/settings";
import type { Stream } from "../../../lib/terraform-plugin/http2/stream";

/** Node's own HTTP/2 judges what is right; what it never does is written by hand. */

const OK = encodeHeaders({ ":status": "200" });
const END = encodeHeaders({ "grpc-status": "0" });
const REQUEST = encodeHeaders({ ":method": "POST", ":scheme": "http", ":path": "/x", ":authority": "a" });

let server: Server;
let onStream: (stream: Stream) => void;
const sockets = new Set<Socket>();

beforeEach(async () => {
  onStream = echo;
  server = createServer((socket) => {
    sockets.add(socket);
    new ServerConnection(socket, (stream) => onStream(stream));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});
afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  sockets.clear();
  await new Promise((resolve) => server.close(resolve));
});

const port = () => (server.address() as AddressInfo).port;

/** Answers with the path and the request. */
function echo(stream: Stream): void {
  const chunks: Buffer[] = [Buffer.from(stream.path)];
  stream.onData = (chunk) => chunks.push(Buffer.from(chunk));
  stream.onEnd = () => {
    stream.respond(OK);
    stream.write(Buffer.concat(chunks));
    stream.end(END);
  };
}

interface Answer {
  readonly body: string;
  readonly trailers: Record<string, unknown>;
}

function ask(session: ClientHttp2Session, path: string, body: Buffer | string = ""): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const stream = session.request({ ":method": "POST", ":path": path });
    const chunks: Buffer[] = [];
    let trailers = {};
    stream.on("data", (chunk: Buffer) => chunks.push(chunk));
    stream.on("trailers", (headers) => (trailers = headers));
    stream.on("error", reject);
    stream.on("end", () => resolve({ body: Buffer.concat(chunks).toString(), trailers }));
    stream.end(body);
  });
}

async function withClient<T>(
  action: (session: ClientHttp2Session) => Promise<T>,
  settings: { initialWindowSize?: number; maxFrameSize?: number } = {},
): Promise<T> {
  const session = connectHttp2(`http://127.0.0.1:${port()}`, { settings });
  await once(session, "connect");
  try {
    return await action(session);
  } finally {
    session.destroy();
  }
}

/** What the server says to these bytes, until it closes or `until` is content. */
function say(frames: readonly Buffer[], until: (said: readonly Frame[]) => boolean = () => false): Promise<Frame[]> {
  return new Promise((resolve, reject) => {
    const socket = connect(port(), "127.0.0.1");
    const reader = new FrameReader();
    const said: Frame[] = [];
    reader.push(PREFACE, () => undefined);
    const done = () => {
      socket.destroy();
      resolve(said);
    };
    socket.on("data", (chunk: Buffer) => {
      reader.push(chunk, (frame) => said.push({ ...frame, payload: Buffer.from(frame.payload) }));
      if (until(said)) done();
    });
    socket.on("close", done);
    socket.on("error", reject);
    socket.write(Buffer.concat([PREFACE, ...frames]));
  });
}

const headers = (stream: number, flags: number = Flag.endHeaders | Flag.endStream, block = REQUEST) =>
  encodeFrame(FrameType.headers, flags, stream, block);
const window = (bytes: number, stream = 0) => encodeFrame(FrameType.windowUpdate, 0, stream, uint32(bytes));
const goAway = (said: readonly Frame[]) => said.find(({ type }) => type === FrameType.goAway);
const of = (said: readonly Frame[], type: number, stream?: number) =>
  said.filter((frame) => frame.type === type && (stream === undefined || frame.stream === stream));

describe("a client that breaks the rules is told which, and the connection ends", () => {
  it.each<[string, Buffer[], number]>([
    ["a frame of another protocol", [Buffer.from("504f5354202f20485454", "hex")], ErrorCode.frameSize],
    ["a stream with an even number", [headers(2)], ErrorCode.protocol],
    ["data of a stream that has not begun", [encodeFrame(FrameType.data, 0, 1, Buffer.of(1))], ErrorCode.protocol],
    ["data of no stream", [encodeFrame(FrameType.data, 0, 0, Buffer.of(1))], ErrorCode.protocol],
    [
      "a reset of a stream that has not begun",
      [encodeFrame(FrameType.resetStream, 0, 1, uint32(8))],
      ErrorCode.protocol,
    ],
    [
      "a reset of another size",
      [headers(1), encodeFrame(FrameType.resetStream, 0, 1, Buffer.of(8))],
      ErrorCode.frameSize,
    ],
    ["headers that something else follows", [headers(1, 0), headers(3)], ErrorCode.protocol],
    ["an end of headers that have not begun", [encodeFrame(FrameType.continuation, 4, 1, REQUEST)], ErrorCode.protocol],
    ["headers that cannot be read", [headers(1, 5, Buffer.of(0xff))], ErrorCode.compression],
    ["a push", [encodeFrame(FrameType.pushPromise, 4, 1, REQUEST)], ErrorCode.protocol],
    ["a ping of another size", [encodeFrame(FrameType.ping, 0, 0, Buffer.of(1))], ErrorCode.frameSize],
    ["settings of another size", [encodeFrame(FrameType.settings, 0, 0, Buffer.of(1))], ErrorCode.frameSize],
    ["a window that is too wide", [window(0x7fff_ffff)], ErrorCode.flowControl],
    ["a window that is widened by nothing", [window(0)], ErrorCode.protocol],
    [
      "settings that make a window too wide",
      [encodeFrame(FrameType.settings, 0, 0, encodeSettings({ [Setting.initialWindow]: 0x8000_0000 }))],
      ErrorCode.flowControl,
    ],
    [
      "settings that ask for tiny frames",
      [encodeFrame(FrameType.settings, 0, 0, encodeSettings({ [Setting.largestPayload]: 100 }))],
      ErrorCode.protocol,
    ],
    [
      "headers that do not end",
      [headers(1, 0), ...Array.from({ length: 5 }, () => encodeFrame(9, 0, 1, Buffer.alloc(16_384)))],
      ErrorCode.enhanceYourCalm,
    ],
  ])("%s", async (_what, frames, code) => {
    const said = await say(frames);
    expect(goAway(said)?.payload.readUInt32BE(4)).toBe(code);
  });

  it("and no other connection with it", async () => {
    await say([headers(2)]);
    expect((await withClient((session) => ask(session, "/still"))).body).toBe("/still");
  });
});

describe("a stream", () => {
  it("beyond the most that may be open is refused, the others go on", async () => {
    onStream = () => undefined;
    const open = Array.from({ length: 1_001 }, (_, index) => headers(2 * index + 1));
    const said = await say(open, (frames) => of(frames, FrameType.resetStream).length > 0);
    expect(of(said, FrameType.resetStream)).toMatchObject([
      { stream: 2_001, payload: uint32(ErrorCode.refusedStream) },
    ]);
  });

  it("is told when the client gives it up, once, and not after its answer", async () => {
    const aborted: string[] = [];
    onStream = (stream) => {
      stream.onAborted = () => aborted.push(stream.path);
      if (stream.path === "/answered") echo(stream);
    };
    await withClient(async (session) => {
      await ask(session, "/answered");
      const given = session.request({ ":method": "POST", ":path": "/given-up" }, { endStream: true });
      given.on("error", () => undefined);
      await ask(session, "/answered");
      given.close(constants.NGHTTP2_CANCEL);
      await ask(session, "/answered");
    });
    expect(aborted).toEqual(["/given-up"]);
  });

  it("is told when the connection is gone", async () => {
    const gone = new Promise<string>((resolve) => {
      onStream = (stream) => (stream.onAborted = () => resolve(stream.path));
    });
    await say([headers(1)], ([first]) => first !== undefined);
    await expect(gone).resolves.toBe("/x");
  });

  it("that is answered before the request is whole says that the rest is not wanted, and takes none of it", async () => {
    let taken = 0;
    onStream = (stream) => {
      stream.onData = (chunk) => (taken += chunk.length);
      stream.end(END);
    };
    const rest = encodeFrame(FrameType.data, Flag.endStream, 1, Buffer.from("rest"));
    const ping = encodeFrame(FrameType.ping, 0, 0, Buffer.from("12345678"));
    const said = await say(
      [headers(1, Flag.endHeaders), rest, ping],
      (frames) => of(frames, FrameType.ping).length > 0,
    );
    expect(of(said, FrameType.resetStream, 1)).toMatchObject([{ payload: uint32(ErrorCode.none) }]);
    expect(taken).toBe(0);
  });

  it("may end with trailers, be padded, carry a priority, and spread its headers over frames", async () => {
    const padded = encodeFrame(FrameType.data, Flag.padded, 1, Buffer.from("026869 0000".replaceAll(" ", ""), "hex"));
    const [one, two] = [REQUEST.subarray(0, 9), REQUEST.subarray(9)];
    const prioritised = Buffer.concat([Buffer.of(0x80, 0, 0, 0, 16), one]);
    const said = await say(
      [
        headers(1, Flag.priority, prioritised),
        encodeFrame(FrameType.continuation, Flag.endHeaders, 1, two),
        padded,
        headers(1, Flag.endHeaders | Flag.endStream, encodeHeaders({ "x-trailer": "1" })),
      ],
      (frames) => of(frames, FrameType.headers).length === 2,
    );
    expect(of(said, FrameType.data, 1).map(({ payload }) => payload.toString())).toEqual(["/xhi"]);
  });
});

describe("what is large", () => {
  it("goes out no faster than the client takes it, in frames that it takes", async () => {
    const big = "y".repeat(300_000);
    onStream = (stream) => {
      stream.respond(OK);
      stream.write(Buffer.from(big));
      stream.end(END);
    };
    const narrow = encodeFrame(FrameType.settings, 0, 0, encodeSettings({ [Setting.initialWindow]: 10 }));
    const first = await say([narrow, headers(1)], (frames) => of(frames, FrameType.data).length > 0);
    expect(of(first, FrameType.data).map(({ payload }) => payload.length)).toEqual([10]);

    const all = await say([narrow, headers(1), window(1_000_000, 1), window(1_000_000)], (frames) =>
      of(frames, FrameType.headers).some(({ flags }) => (flags & Flag.endStream) !== 0),
    );
    const sizes = of(all, FrameType.data).map(({ payload }) => payload.length);
    expect(Math.max(...sizes)).toBe(16_384);
    expect(sizes.reduce((sum, size) => sum + size)).toBe(big.length);
  });

  it("waits for the connection's window too, and streams that wait do not stop others for ever", async () => {
    onStream = (stream) => {
      stream.respond(OK);
      stream.write(Buffer.alloc(stream.id === 1 ? 100_000 : 10));
      stream.end(END);
    };
    const wide = encodeFrame(FrameType.settings, 0, 0, encodeSettings({ [Setting.initialWindow]: 1_000_000 }));
    const before = await say([wide, headers(1), headers(3)], (frames) => of(frames, FrameType.headers, 3).length > 0);
    expect(of(before, FrameType.data, 3)).toEqual([]);
    const after = await say([wide, headers(1), headers(3), window(100_000)], (frames) =>
      of(frames, FrameType.headers, 3).some(({ flags }) => (flags & Flag.endStream) !== 0),
    );
    expect(of(after, FrameType.data, 1).reduce((sum, { payload }) => sum + payload.length, 0)).toBe(100_000);
  });

  it("comes in beyond every window that was given first", async () => {
    const body = Buffer.alloc(40 << 20, "z");
    let size = 0;
    onStream = (stream) => {
      stream.onData = (chunk) => (size += chunk.length);
      stream.onEnd = () => {
        stream.respond(OK);
        stream.end(END);
      };
    };
    const { trailers } = await withClient((session) => ask(session, "/large", body));
    expect(trailers).toMatchObject({ "grpc-status": "0" });
    expect(size).toBe(body.length);
  });
});

describe("Node's own client", () => {
  it("finds every answer, many at once, whatever the characters of the path", async () => {
    const characters = Array.from({ length: 94 }, (_, index) => String.fromCharCode(33 + index));
    // Long enough for the client to prefer its prefix code for all of it.
    const paths = characters.map((character) => `/${"0".repeat(30)}${character}`);
    const answers = await withClient((session) => Promise.all(paths.map((path) => ask(session, path, "body"))));
    expect(answers.map(({ body }) => body)).toEqual(paths.map((path) => `${path}body`));
    expect(new Set(answers.map(({ trailers }) => trailers["grpc-status"]))).toEqual(new Set(["0"]));
  });

  it("is answered its pings, and may ask for large frames", async () => {
    await withClient(
      async (session) => {
        await new Promise<void>((resolve, reject) => {
          session.ping((error) => (error === null ? resolve() : reject(error)));
        });
        expect((await ask(session, "/", "w".repeat(200_000))).body).toHaveLength(200_001);
      },
      { initialWindowSize: 1 << 20, maxFrameSize: 1 << 20 },
    );
  });
});
