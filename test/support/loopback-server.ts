import { createServer, type AddressInfo, type Server, type Socket } from "node:net";
import { TLSSocket, type TLSSocketOptions } from "node:tls";

/** A server on a free port of this machine, that knows its connections. */
export class LoopbackServer {
  /** Connections that are open now. */
  readonly sockets = new Set<Socket>();
  private readonly server: Server;

  private constructor(accept: (socket: Socket, server: LoopbackServer) => void) {
    this.server = createServer({ noDelay: true }, (socket) => {
      this.keep(socket.on("error", () => undefined));
      accept(socket, this);
    });
  }

  /** @param accept what is done with each connection; its errors are nobody's */
  static async start(accept: (socket: Socket, server: LoopbackServer) => void): Promise<LoopbackServer> {
    const started = new LoopbackServer(accept);
    await new Promise<void>((resolve) => started.server.listen(0, "127.0.0.1", resolve));
    return started;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** TLS on a connection, as its server. */
  readonly secure = (socket: Socket, options: TLSSocketOptions): TLSSocket => {
    // Connections are ended from above: destroying what lies below a handshake crashes Node.
    this.sockets.delete(socket);
    const secured = new TLSSocket(socket, { ...options, isServer: true });
    this.keep(secured);
    return secured;
  };

  close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    return new Promise((resolve) => this.server.close(() => resolve()));
  }

  private keep(socket: Socket): void {
    this.sockets.add(socket.on("close", () => this.sockets.delete(socket)));
  }
}
