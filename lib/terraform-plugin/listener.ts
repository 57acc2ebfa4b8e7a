import { chmodSync, chownSync, mkdtempSync, readFileSync, rmdirSync, unlinkSync } from "node:fs";
import { createServer, type AddressInfo, type Server, type Socket } from "node:net";
import type { TLSSocket } from "node:tls";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { firstCertificate } from "../core/pem";
import { ProblemError } from "../core/problem";
import type { ServerIdentity } from "./certificate";
import type { Endpoint } from "./handshake";
import { noSocket } from "./wire-errors";

export interface ListenerOptions {
  readonly platform: string;
  readonly socketDirectory?: string | undefined;
  readonly socketGroup?: string | undefined;
  /** @default any port */
  readonly ports?: readonly [from: number, to: number];
  /** Mutual TLS; plaintext when absent. */
  readonly tls?: { readonly certificate: ServerIdentity; readonly clientCertificate: string } | undefined;
}

/** The socket or port for Terraform. It passes on only connections of the authenticated client. */
export interface Listener {
  readonly endpoint: Endpoint;
  onConnection(listener: (socket: Socket) => void): void;
  /** Loads the code that the first connection needs. */
  prepare(): void;
  /** Stops accepting connections and removes the socket. */
  close(): void;
}

/** The longest path that sockaddr_un can hold everywhere (104 bytes on macOS, with the final zero). */
const LONGEST_PATH = 103;

/**
 * Listens on a unix socket in a directory of its own (mode 0700), or on a port of 127.0.0.1 where there are no unix sockets.
 */
export async function openListener(options: ListenerOptions): Promise<Listener> {
  const server = createServer();
  const path = options.platform === "win32" ? undefined : makeSocketPath(options.socketDirectory);
  const endpoint = path === undefined ? await listenOnPort(server, options.ports) : await listenOnPath(server, path);
  if (path !== undefined && options.socketGroup !== undefined) shareWith(options.socketGroup, path);
  let prepare = () => {};
  return {
    endpoint,
    onConnection(listener) {
      if (options.tls === undefined) return void server.on("connection", listener);
      const secure = new Secured(options.tls, listener);
      prepare = () => void secure.load();
      server.on("connection", (socket) => secure.accept(socket));
    },
    prepare: () => prepare(),
    close() {
      server.close();
      if (path !== undefined) removeSocket(path);
    },
  };
}

/** Adds TLS to connections; the code is loaded only with the first one. */
class Secured {
  private server: Promise<Server> | undefined;

  constructor(
    private readonly tls: NonNullable<ListenerOptions["tls"]>,
    private readonly listener: (socket: Socket) => void,
  ) {}

  load(): Promise<Server> {
    return (this.server ??= createTlsServer(this.tls, this.listener));
  }

  accept(socket: Socket): void {
    void this.load().then((server) => server.emit("connection", socket));
  }
}

/** A TLS server that does not listen; it gets its connections from the listener. */
async function createTlsServer(
  tls: NonNullable<ListenerOptions["tls"]>,
  listener: (socket: Socket) => void,
): Promise<Server> {
  const { createServer: create } = await import("node:tls");
  const settings = {
    cert: tls.certificate.certificatePem,
    key: tls.certificate.privateKeyPem,
    requestCert: true,
    // `onlyFrom` checks the certificate. With an authority, Node would first read all well-known ones, in each start.
    rejectUnauthorized: false,
    ca: [],
    minVersion: "TLSv1.2" as const,
    ALPNProtocols: ["h2"],
  };
  const server = create(settings, onlyFrom(tls.clientCertificate, listener));
  // Node closes the connection of a client that fails the handshake; nothing is left to do.
  return server.on("tlsClientError", (_error, socket) => socket.destroy());
}

/**
 * Accepts connections with one certificate only. The handshake has proved that the client has the key of its certificate.
 */
function onlyFrom(pem: string, listener: (socket: Socket) => void): (socket: TLSSocket) => void {
  const wanted = firstCertificate(pem);
  return (socket) => {
    const shown = socket.getPeerX509Certificate()?.raw;
    if (wanted.length > 0 && shown?.equals(wanted)) listener(socket);
    else socket.destroy();
  };
}

interface SocketPath {
  readonly directory: string;
  readonly path: string;
}

/** The path of the socket; undefined when no directory has a path short enough: then a port must do. */
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

/**
 * Removes the socket by single calls. Node would load its code for removing trees while Terraform waits for the end of this
 * process.
 */
function removeSocket({ directory, path }: SocketPath): void {
  for (const remove of [() => unlinkSync(path), () => rmdirSync(directory)]) {
    try {
      remove();
    } catch {
      // Node has already removed the socket; anything else there is not ours.
    }
  }
}

function listenOnPath(server: Server, { path }: SocketPath): Promise<Endpoint> {
  return new Promise((resolve, reject) => {
    server.once("error", (error) => reject(new ProblemError(noSocket(String(error)))));
    server.listen(path, () => resolve({ network: "unix", address: path }));
  });
}

/** Listens on the first free port of the range. */
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

/** Gives a group access to the socket, for a Terraform that runs as another user (in another container). */
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

/** The number of a group, from the group file, which everyone may read; Node cannot look it up. */
function groupId(group: string): number {
  if (/^\d+$/.test(group)) return Number(group);
  const line = readFileSync("/etc/group", "utf8")
    .split("\n")
    .find((candidate) => candidate.startsWith(`${group}:`));
  if (line === undefined) throw new Error("not in /etc/group");
  return Number(line.split(":")[2]);
}
