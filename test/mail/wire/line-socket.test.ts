import { once } from "node:events";
import { connect, createServer, type AddressInfo, type Server, type Socket } from "node:net";
import { LineSocket, type LineFault } from "../../../lib/mail/wire/line-socket";

class Fault extends Error {
  constructor(
    readonly fault: LineFault,
    readonly evidence: string | undefined,
  ) {
    super(fault);
  }
}
const LONGEST = 10;
const MOST = 50;

let server: Server;
let remote: Socket;
let socket: Socket;
let lines: LineSocket;
const { signal } = new AbortController();

beforeEach(async () => {
  server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const accepted = once(server, "connection");
  socket = connect((server.address() as AddressInfo).port, "127.0.0.1");
  [remote] = (await accepted) as [Socket];
  remote.on("error", () => undefined);
  lines = new LineSocket(socket, {
    longestLine: LONGEST,
    mostBuffered: MOST,
    fault: (fault, evidence) => new Fault(fault, evidence),
  });
});
afterEach(async () => {
  lines.close();
  remote.destroy();
  server.close();
  await once(server, "close");
});

const faultOf = async (waiting: Promise<string>) => waiting.catch((error: unknown) => error as Fault);
/** Until as much as this has been received. */
async function received(bytes: number): Promise<void> {
  while (socket.bytesRead < bytes) await new Promise(setImmediate);
}

describe("a line that is too long", () => {
  it("is refused, be its end there or not, with its beginning", async () => {
    for (const text of [`${"x".repeat(LONGEST + 1)}\n`, "x".repeat(LONGEST + 1)]) {
      const other = new LineSocket(socket, {
        longestLine: LONGEST,
        mostBuffered: MOST,
        fault: (fault, evidence) => new Fault(fault, evidence),
      });
      remote.write(text);
      expect(await faultOf(other.line(signal))).toMatchObject({ fault: "too-long", evidence: "x".repeat(LONGEST) });
    }
  });

  it("is so by one octet, however the network cuts it", async () => {
    remote.write("x".repeat(LONGEST));
    const whole = lines.line(signal);
    await received(LONGEST);
    remote.write("\n");
    expect(await whole).toBe("x".repeat(LONGEST));
    remote.write("y".repeat(LONGEST));
    const over = faultOf(lines.line(signal));
    await received(2 * LONGEST + 1);
    remote.write("y");
    expect(await over).toMatchObject({ fault: "too-long" });
  });
});

describe("what is not read yet", () => {
  it("is no more than so much: then the server has to wait", async () => {
    remote.write("x\n".repeat(MOST / 2));
    await received(MOST);
    await new Promise(setImmediate);
    expect(socket.isPaused()).toBe(false);
    remote.write("x");
    await received(MOST + 1);
    await new Promise(setImmediate);
    expect(socket.isPaused()).toBe(true);
  });

  it("is told line by line, without their ends, also when the server has hung up since", async () => {
    remote.end("one\r\ntwo\nhalf");
    expect([await lines.line(signal), await lines.line(signal)]).toEqual(["one", "two"]);
    expect(await faultOf(lines.line(signal))).toMatchObject({ fault: "closed", evidence: "half" });
    expect(lines.usable).toBe(false);
    expect(() => lines.write("QUIT")).toThrow("closed");
  });
});

it("a wait that is broken off leaves it out of step", async () => {
  const stop = new AbortController();
  const waiting = lines.line(stop.signal);
  expect(lines.usable).toBe(true);
  stop.abort(new Error("enough"));
  await expect(waiting).rejects.toThrow("enough");
  expect(lines.usable).toBe(false);
  await expect(lines.line(stop.signal)).rejects.toThrow("enough");
});

it("a connection that breaks is no server that hangs up", async () => {
  const waiting = faultOf(lines.line(signal));
  socket.destroy(new Error("reset"));
  expect(await waiting).toMatchObject({ fault: "broken", evidence: undefined });
});
