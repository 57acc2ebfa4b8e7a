import { createSocket } from "node:dgram";
import { createServer, isIPv6, type AddressInfo, type Socket } from "node:net";

/** What a name has; a name without an entry does not exist. */
export interface ZoneEntry {
  readonly A?: readonly string[];
  readonly AAAA?: readonly string[];
  readonly MX?: readonly { readonly exchange: string; readonly priority: number }[];
  /** Texts of any length: split into strings of 255 octets on the wire. */
  readonly TXT?: readonly string[];
  readonly PTR?: readonly string[];
  readonly CNAME?: string;
  /** In place of records. `silence` never answers. */
  readonly trouble?: "SERVFAIL" | "REFUSED" | "silence";
  /** The trouble is with records of this type only. */
  readonly troubleWith?: "A" | "AAAA" | "MX" | "TXT";
}

/** By name, lower case, without the final dot. */
export type Zone = Readonly<Record<string, ZoneEntry>>;

export interface NameServer {
  /** "127.0.0.1:port", as `nameServers` takes it. */
  readonly address: string;
  /** Every question, as "TXT example.com", in order, over UDP and TCP. */
  readonly questions: readonly string[];
  close(): Promise<void>;
}

const TYPES: Readonly<Record<number, string>> = { 1: "A", 5: "CNAME", 12: "PTR", 15: "MX", 16: "TXT", 28: "AAAA" };
const CODES = { SERVFAIL: 2, NXDOMAIN: 3, REFUSED: 5 } as const;
const AUTHORITATIVE = 0x8400;
const TRUNCATED = 0x0200;
const UDP_OCTETS = 512;

/**
 * A real name server for one zone, on a free port of the loopback interface, UDP and TCP; what does not
 * fit into a datagram is truncated, so that the client comes back over TCP.
 */
export async function startNameServer(zone: Zone): Promise<NameServer> {
  // A port that is free for datagrams may be taken for connections.
  for (let tries = 1; ; tries++) {
    try {
      return await startOnSomePort(zone);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EADDRINUSE" || tries === 10) throw error;
    }
  }
}

async function startOnSomePort(zone: Zone): Promise<NameServer> {
  const questions: string[] = [];
  const udp = createSocket("udp4", (message, client) => {
    const answer = answerTo(message, zone, questions);
    if (!answer) return;
    udp.send(answer.length > UDP_OCTETS ? truncated(answer) : answer, client.port, client.address);
  });
  await new Promise<void>((resolve) => udp.bind(0, "127.0.0.1", resolve));
  const { port } = udp.address();

  const sockets = new Set<Socket>();
  const tcp = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined).on("close", () => sockets.delete(socket));
    let received = Buffer.alloc(0);
    socket.on("data", (chunk) => {
      received = Buffer.concat([received, chunk]);
      while (received.length >= 2 && received.length >= 2 + received.readUInt16BE()) {
        const length = received.readUInt16BE();
        const answer = answerTo(received.subarray(2, 2 + length), zone, questions);
        received = received.subarray(2 + length);
        if (answer) socket.write(Buffer.concat([uint16(answer.length), answer]));
      }
    });
  });
  await new Promise<void>((resolve, reject) => tcp.once("error", reject).listen(port, "127.0.0.1", resolve)).catch(
    (error: unknown) => {
      udp.close();
      throw error;
    },
  );
  return {
    address: `127.0.0.1:${(tcp.address() as AddressInfo).port}`,
    questions,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await Promise.all([new Promise<void>((done) => udp.close(done)), new Promise((done) => tcp.close(done))]);
    },
  };
}

/** Undefined: stays silent. */
function answerTo(message: Buffer, zone: Zone, questions: string[]): Buffer | undefined {
  const { name, end } = readName(message, 12);
  const type = TYPES[message.readUInt16BE(end)] ?? "other";
  const question = message.subarray(12, end + 4);
  questions.push(`${type} ${name}`);

  const entry = zone[name] ?? {};
  const trouble = (entry.troubleWith ?? type) === type ? entry.trouble : undefined;
  if (trouble === "silence") return undefined;
  if (trouble !== undefined) return packet(message, question, CODES[trouble], []);
  // A name above one that exists, exists.
  const exists = name in zone || Object.keys(zone).some((other) => other.endsWith(`.${name}`));
  if (!exists) return packet(message, question, CODES.NXDOMAIN, []);
  return packet(message, question, 0, recordsOf(name, type, zone));
}

function recordsOf(name: string, type: string, zone: Zone, depth = 0): Buffer[] {
  const entry = zone[name] ?? {};
  if (entry.CNAME !== undefined && type !== "CNAME") {
    const alias = resource(name, 5, encodeName(entry.CNAME));
    return depth > 8 ? [alias] : [alias, ...recordsOf(entry.CNAME, type, zone, depth + 1)];
  }
  switch (type) {
    case "A":
      return (entry.A ?? []).map((ip) => resource(name, 1, Buffer.from(ip.split(".").map(Number))));
    case "AAAA":
      return (entry.AAAA ?? []).map((ip) => resource(name, 28, encodeIPv6(ip)));
    case "MX":
      return (entry.MX ?? []).map(({ exchange, priority }) =>
        resource(name, 15, Buffer.concat([uint16(priority), encodeName(exchange)])),
      );
    case "TXT":
      return (entry.TXT ?? []).map((text) => resource(name, 16, encodeText(text)));
    case "PTR":
      return (entry.PTR ?? []).map((host) => resource(name, 12, encodeName(host)));
    case "CNAME":
      return entry.CNAME === undefined ? [] : [resource(name, 5, encodeName(entry.CNAME))];
    default:
      return [];
  }
}

function packet(request: Buffer, question: Buffer, code: number, answers: readonly Buffer[]): Buffer {
  const recursion = request.readUInt16BE(2) & 0x0100;
  const header = [request.readUInt16BE(0), AUTHORITATIVE | recursion | code, 1, answers.length, 0, 0];
  return Buffer.concat([...header.map(uint16), question, ...answers]);
}

/** The header and the question alone, marked as truncated. */
function truncated(answer: Buffer): Buffer {
  const short = Buffer.from(answer.subarray(0, readName(answer, 12).end + 4));
  short.writeUInt16BE(short.readUInt16BE(2) | TRUNCATED, 2);
  short.writeUInt16BE(0, 6);
  return short;
}

function resource(name: string, type: number, data: Buffer): Buffer {
  const ttl = Buffer.alloc(4);
  return Buffer.concat([encodeName(name), uint16(type), uint16(1), ttl, uint16(data.length), data]);
}

function readName(message: Buffer, start: number): { name: string; end: number } {
  const labels: string[] = [];
  let at = start;
  for (let length = message[at]!; length > 0; length = message[at]!) {
    labels.push(message.toString("latin1", at + 1, at + 1 + length).toLowerCase());
    at += 1 + length;
  }
  return { name: labels.join("."), end: at + 1 };
}

function encodeName(name: string): Buffer {
  const labels = name.split(".").filter((label) => label !== "");
  return Buffer.concat([...labels.map(encodeString), Buffer.from([0])]);
}

function encodeText(text: string): Buffer {
  const strings = Array.from({ length: Math.max(1, Math.ceil(text.length / 255)) }, (_, index) =>
    encodeString(text.slice(index * 255, (index + 1) * 255)),
  );
  return Buffer.concat(strings);
}

function encodeString(text: string): Buffer {
  return Buffer.concat([Buffer.from([text.length]), Buffer.from(text, "latin1")]);
}

function encodeIPv6(ip: string): Buffer {
  if (!isIPv6(ip)) throw new RangeError(`${ip} is no IPv6 address`);
  const [head = "", tail] = ip.split("::");
  const groups = (text: string) => text.split(":").filter((group) => group !== "");
  const [before, after] = [groups(head), groups(tail ?? "")];
  const zeros = Array.from({ length: 8 - before.length - after.length }, () => "0");
  return Buffer.concat([...before, ...zeros, ...after].map((group) => uint16(Number.parseInt(group, 16))));
}

function uint16(value: number): Buffer {
  const buffer = Buffer.alloc(2);
  buffer.writeUInt16BE(value);
  return buffer;
}
