import type { SimulatorWorld } from "../../kit/simulator/simulation";
import { isWithinSandbox, OUTSIDE_THE_SANDBOX } from "../../kit/simulator/loopback";
import { knownAddress } from "../../kit/simulator/connectivity";
import type { VropsSimulatorOptions } from "./options";

/** A host to connect to, or why there is none; the words are those of a Java runtime, as in vROps. */
export type MailRoute = { readonly host: string; readonly port: number } | { readonly failure: string };

/** Finds the route from this vROps to an SMTP server: resolves its name, then checks the firewall. */
export async function routeTo(
  host: string,
  port: number,
  options: VropsSimulatorOptions,
  world: Pick<SimulatorWorld, "network" | "clock">,
): Promise<MailRoute> {
  const ip = knownAddress(host, options.hosts);
  if (ip === undefined) return { failure: `Unknown SMTP host: ${host}; java.net.UnknownHostException: ${host}` };
  if (!world.network.allows(options.service, ip, port)) {
    // A firewall drops packets silently, so the sender waits, though only briefly here.
    await world.clock.sleep(options.connectTimeoutMs);
    return {
      failure: `Couldn't connect to host, port: ${host}, ${port}; timeout 30000; java.net.SocketTimeoutException: connect timed out`,
    };
  }
  if (!isWithinSandbox(ip)) {
    return {
      failure: `Couldn't connect to host, port: ${host}, ${port}; java.net.NoRouteToHostException: No route to host (${OUTSIDE_THE_SANDBOX})`,
    };
  }
  return { host: ip, port };
}
