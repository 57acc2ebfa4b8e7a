import { createSocket } from "node:dgram";
import { once } from "node:events";
import { createServer } from "node:net";

/** Below the ports that systems give to whoever asks for any: what is free here stays free until it is used. */
const LOWEST = 10_240;
const HIGHEST = 32_000;
const TRIES = 500;

/** Ports at 127.0.0.1 on which nobody listens, neither by TCP nor by UDP: one for each name, all different. */
export async function freePorts<Name extends string>(names: readonly Name[]): Promise<Record<Name, number>> {
  const ports = new Set<number>();
  for (let tries = 0; ports.size < names.length && tries < TRIES; tries++) {
    const port = LOWEST + Math.floor(Math.random() * (HIGHEST - LOWEST));
    if (!ports.has(port) && (await isFree(port))) ports.add(port);
  }
  if (ports.size < names.length) throw new Error(`of ${TRIES} ports only ${ports.size} were free`);
  const found = [...ports];
  return Object.fromEntries(names.map((name, index) => [name, found[index]!])) as Record<Name, number>;
}

async function isFree(port: number): Promise<boolean> {
  const tcp = createServer();
  const udp = createSocket("udp4");
  try {
    tcp.listen(port, "127.0.0.1");
    await once(tcp, "listening");
    udp.bind(port, "127.0.0.1");
    await once(udp, "listening");
    return true;
  } catch {
    return false;
  } finally {
    tcp.close();
    udp.close();
  }
}
