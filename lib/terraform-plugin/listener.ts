import { chmodSync, chownSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, type AddressInfo, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ProblemError } from "../core/problem";
import type { ServerCertificate } from "./certificate";
import type { Endpoint } from "./handshake";
import { noSocket } from "./wire-errors";

export interface ListenerOptions {
  readonly platform: string;
  readonly socketDirectory?: string | undefined;
  readonly socketGroup?: string | undefined;
  /** @default any port */
  readonly ports?: readonly [from: number, to: number];
  /** Mutual TLS; plaintext when absent. */
  readonly tls?: { readonly certificate: ServerCertificate; readonly clientCertificate: string } | undefined;
}

/** Where Terraform connects. Only connections whose client has proved who it is are handed out. */
export interface Listener {
  readonly endpoint: Endpoint;
  onConnection(listener: (socket: Socket) => void): void;
  /** Accepts no more connections and leaves no file behind. */
  close(): void;
}

/** What fits into sockaddr_un everywhere (104 bytes on macOS, with the final zero). */
const LONGEST_PATH = 103;

/** Opens a unix socket in a directory of its own (mode 0700), or a port on 127.0.0.1 where there are none. */
export async function openListener(options: ListenerOptions): Promise<Listener> {
  const server = await createSocketServer(options.tls);
  const event = options.tls ? "secureConnection" : "connection";
  const path = options.platform === "win32" ? undefined : makeSocketPath(options.socketDirectory);
  const endpoint = path === undefined ? await listenOnPort(server, options.ports) : await listenOnPath(server, path);
  if (path !== undefined && options.socketGroup !== undefined) shareWith(options.socketGroup, path);
  return {
    endpoint,
    onConnection: (listener) => void server.on(event, listener),
    close() {
      server.close();
      if (path !== undefined) rmSync(path.directory, { recursive: true, force: true });
    },
  };
}

async function createSocketServer(tls: ListenerOptions["tls"]): Promise<Server> {
  if (!tls) return createServer();
  const { createServer: createTlsServer } = await import("node:tls");
  const server = createTlsServer({
    cert: tls.certificate.certificatePem,
    key: tls.certificate.privateKeyPem,
    ca: tls.clientCertificate,
    requestCert: true,
    rejectUnauthorized: true,
    minVersion: "TLSv1.2",
    ALPNProtocols: ["h2"],
  });
  // A client that fails the handshake is cut off by Node; there is nothing to add.
  server.on("tlsClientError", (_error, socket) => socket.destroy());
  return server;
}

interface SocketPath {
  readonly directory: string;
  readonly path: string;
}

/** Undefined when no directory has a path short enough: then a port must do. */
function makeSocketPath(wanted: string | undefined): SocketPath | undefined {
  const parents = wanted === undefined ? [tmpdir(), "/tmp"] : [wanted];
  const parent = parents.find((candidate) => Buffer.byteLength(join(candidate, "tf-XXXXXX", "s")) <= LONGEST_PATH);
  if (parent === undefined) return undefined;
  try {
    const directory = mkdtempSync(join(parent, "tf-"));
    return { directory, path: join(directory, "s") };
  } catch (error) {
    throw new ProblemError(noSocket(String(error)));
  }
}

function listenOnPath(server: Server, { path }: SocketPath): Promise<Endpoint> {
  return new Promise((resolve, reject) => {
    server.once("error", (error) => reject(new ProblemError(noSocket(String(error)))));
    server.listen(path, () => resolve({ network: "unix", address: path }));
  });
}

/** The first free port of the range. */
async function listenOnPort(server: Server, [from, to]: readonly [number, number] = [0, 0]): Promise<Endpoint> {
  for (let port = from; ; port++) {
    const failure = await new Promise<Error | undefined>((resolve) => {
      server.once("error", resolve);
      server.listen(port, "127.0.0.1", () => {
        server.removeListener("error", resolve);
        resolve(undefined);
      });
    });
    if (failure === undefined) break;
    if (port >= to) throw new ProblemError(noSocket(String(failure)));
  }
  return { network: "tcp", address: `127.0.0.1:${(server.address() as AddressInfo).port}` };
}

/** Lets a group connect, for a Terraform that runs as another user (in another container). */
function shareWith(group: string, { directory, path }: SocketPath): void {
  try {
    const id = groupId(group);
    chownSync(directory, -1, id);
    chmodSync(directory, 0o710);
    chownSync(path, -1, id);
    chmodSync(path, 0o660);
  } catch (error) {
    throw new ProblemError(noSocket(`group ${group}: ${String(error)}`));
  }
}

/** Node cannot look up groups; the file can be read by everyone. */
function groupId(group: string): number {
  if (/^\d+$/.test(group)) return Number(group);
  const line = readFileSync("/etc/group", "utf8")
    .split("\n")
    .find((candidate) => candidate.startsWith(`${group}:`));
  if (line === undefined) throw new Error("not in /etc/group");
  return Number(line.split(":")[2]);
}
