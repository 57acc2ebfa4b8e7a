import { createSocket } from "node:dgram";
import { once } from "node:events";
import { createServer, type AddressInfo, type Server } from "node:net";

/** Ports on which nobody listens at 127.0.0.1, one for each name; all different, because all are held until all are found. */
export async function freePorts<Name extends string>(names: readonly Name[]): Promise<Record<Name, number>> {
  const held = await Promise.all(names.map(() => hold()));
  const ports = held.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(held.map((server) => new Promise((resolve) => server.close(resolve))));
  return Object.fromEntries(names.map((name, index) => [name, ports[index]!])) as Record<Name, number>;
}

/** A port that is free for TCP and for UDP, as name servers need it. */
export async function freeNamePort(): Promise<number> {
  for (;;) {
    const { port } = await freePorts(["dns"]).then(({ dns }) => ({ port: dns }));
    const socket = createSocket("udp4");
    try {
      const bound = Promise.race([once(socket, "listening").then(() => true), once(socket, "error").then(() => false)]);
      socket.bind(port, "127.0.0.1");
      if (await bound) return port;
    } finally {
      socket.close();
    }
  }
}

async function hold(): Promise<Server> {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return server;
}
