import { once } from "node:events";
import { createServer, type Server, type Socket } from "node:net";

/** Greylisting, by the protocol of Postfix's policy servers: who comes for the first times is put off. */
export async function startPolicyServer(
  port: number,
  putOff: Readonly<Record<string, number>>,
): Promise<() => Promise<void>> {
  const seen = new Map<string, number>();
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    let received = "";
    sockets.add(socket);
    socket.on("error", () => undefined).on("close", () => sockets.delete(socket));
    socket.on("data", (chunk) => {
      received += chunk.toString("latin1");
      for (let end = received.indexOf("\n\n"); end >= 0; end = received.indexOf("\n\n")) {
        const asked = Object.fromEntries(
          received
            .slice(0, end)
            .split("\n")
            .map((line) => line.split(/=(.*)/, 2)),
        );
        received = received.slice(end + 2);
        socket.write(`action=${judge(asked)}\n\n`);
      }
    });
  });

  function judge({ sender, recipient }: Record<string, string>): string {
    const key = `${sender} ${recipient}`;
    const before = seen.get(key) ?? 0;
    seen.set(key, before + 1);
    return before < (putOff[recipient ?? ""] ?? 0)
      ? "defer_if_permit 4.2.0 Greylisted, come back in a moment"
      : "dunno";
  }

  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  return () =>
    new Promise((resolve) => {
      for (const socket of sockets) socket.destroy();
      server.close(() => resolve());
    });
}
