import { isIP, isIPv6, type Socket } from "node:net";
import { reasonOf } from "../../core/clock";
import { ProblemError } from "../../core/problem";
import { connectAll } from "../wire/connect";
import type { Deadline } from "../wire/deadline";
import { hostAddresses, type Lookup } from "../wire/host-addresses";
import { explainImapConnect, explainName } from "./explain";

const DNS_MS = 10_000;
/** The time for the others once one address has answered: enough to respect the resolver's order. */
const STRAGGLER_MS = 100;

/** All addresses of the IMAP server, in the resolver's order; throws the problem when there are none. */
export async function addressesOf(host: string, lookup: Lookup, deadline: Deadline): Promise<readonly string[]> {
  if (isIP(host) !== 0) return [host];
  try {
    return (await deadline.step(DNS_MS, (signal) => hostAddresses(host, lookup, signal))).found;
  } catch (error) {
    if (deadline.signal.aborted) throw reasonOf(deadline.signal);
    throw new ProblemError(explainName(error, host));
  }
}

/** The first address that accepts the connection: one is enough to read mail. */
export async function connectToFirst(
  addresses: readonly string[],
  port: number,
  deadline: Deadline,
): Promise<{ readonly ip: string; readonly socket: Socket }> {
  const attempts = await connectAll(addresses, port, deadline, STRAGGLER_MS);
  const first = attempts.find(({ socket }) => socket !== undefined);
  for (const { socket } of attempts) if (socket !== first?.socket || deadline.signal.aborted) socket?.destroy();
  if (deadline.signal.aborted) throw reasonOf(deadline.signal);
  if (first?.socket) return { ip: first.ip, socket: first.socket };
  // The name of a dual-stack host often fails over IPv6: that is not the failure to report.
  const telling = attempts.find(({ ip }) => !isIPv6(ip)) ?? attempts[0]!;
  throw new ProblemError(explainImapConnect(telling.error, telling.ip, port));
}
