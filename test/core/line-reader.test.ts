import { createServer, connect, type AddressInfo, type Server, type Socket } from "node:net";
import { LineReader, LineTooLong, StreamEnded } from "../../lib/core/line-reader";

const LIMITS = { longestLine: 20, mostBuffered: 100 };
const never = new AbortController().signal;

describe("a socket read line by line", () => {
  let server: Server;
  let peer: Socket;
  let socket: Socket;

  beforeEach(async () => {
    server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const accepted = new Promise<Socket>((resolve) => server.once("connection", resolve));
    socket = connect((server.address() as AddressInfo).port, "127.0.0.1");
    peer = await accepted;
  });

  afterEach(async () => {
    socket.destroy();
    peer.destroy();
    await new Promise((resolve) => server.close(resolve));
  });

  it("refuses a line beyond the limit, also one without an end", async () => {
    const reader = new LineReader(socket, LIMITS);
    peer.write("x".repeat(30));
    await expect(reader.next(never)).rejects.toEqual(new LineTooLong("x".repeat(20)));
    await expect(reader.next(never)).rejects.toMatchObject({ beginning: "x".repeat(20) });
  });

  it.each([[["\n"]], [["\r\n"]], [["\r", "\n"]]])("takes a line of the longest length: %j", async (ends) => {
    const reader = new LineReader(socket, LIMITS);
    peer.write("x".repeat(20));
    const line = reader.next(never);
    for (const end of ends) {
      const arrived = new Promise((resolve) => socket.once("data", resolve));
      peer.write(end);
      await arrived;
    }
    expect(await line).toBe("x".repeat(20));
    peer.write(`${"x".repeat(21)}\r\n`);
    await expect(reader.next(never)).rejects.toBeInstanceOf(LineTooLong);
  });

  it("reports the end of the connection once, and keeps the rest of a line", async () => {
    const ends: string[] = [];
    const reader = new LineReader(socket, LIMITS, ({ fault }) => ends.push(fault));
    peer.end("whole\r\nhalf");
    expect(await reader.next(never)).toBe("whole");
    await expect(reader.next(never)).rejects.toBeInstanceOf(StreamEnded);
    expect(reader.pending.toString()).toBe("half");
    expect(ends).toEqual(["closed"]);
  });

  it("stops waiting when the signal aborts, and goes on with another one", async () => {
    const reader = new LineReader(socket, LIMITS);
    const stop = new AbortController();
    const waiting = reader.next(stop.signal);
    stop.abort(new Error("enough"));
    await expect(waiting).rejects.toThrow("enough");
    peer.write("later\n");
    expect(await reader.next(never)).toBe("later");
  });

  it("reads several lines of one packet, and one line of several", async () => {
    const reader = new LineReader(socket, LIMITS);
    peer.write("one\ntwo\r\nth");
    expect([await reader.next(never), await reader.next(never)]).toEqual(["one", "two"]);
    const third = reader.next(never);
    peer.write("ree\n");
    expect(await third).toBe("three");
  });

  it("leaves the socket alone once it is stopped", async () => {
    const reader = new LineReader(socket, LIMITS);
    reader.stop();
    const received = new Promise((resolve) => socket.once("data", resolve));
    peer.write("not ours\n");
    await received;
    expect(reader.pending).toHaveLength(0);
  });
});
