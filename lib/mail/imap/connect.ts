import { lookup } from "node:dns/promises";
import { isIP, isIPv6, type Socket } from "node:net";
import { reasonOf } from "../../core/clock";
import { ProblemError } from "../../core/problem";
import { open } from "../wire/open-socket";
import { untilAborted, type Deadline } from "../wire/deadline";
import type { Resolver } from "../wire/probe-runtime";
import { explainImapConnect, explainName } from "./explain";

const DNS_MS = 10_000;
const CONNECT_MS = 10_000;

const systemResolver: Resolver = (host) => lookup(host, { all: true, verbatim: true });

/** All addresses of the IMAP server, in the resolver's order; throws the problem when there are none. */
export async function addressesOf(
  host: string,
  resolver: Resolver = systemResolver,
  deadline: Deadline,
): Promise<readonly string[]> {
  if (isIP(host) !== 0) return [host];
  try {
    const found = await deadline.step(DNS_MS, (signal) => untilAborted(resolver(host), signal));
    if (found.length === 0) throw Object.assign(new Error("no address"), { code: "ENODATA" });
    return [...new Set(found.map(({ address }) => address))];
  } catch (error) {
    if (deadline.signal.aborted) throw reasonOf(deadline.signal);
    throw new ProblemError(explainName(error, host));
  }
}

/** The first of all addresses that takes the connection: one is enough to read mail. */
export async function connectToFirst(
  addresses: readonly string[],
  port: number,
  deadline: Deadline,
): Promise<{ readonly ip: string; readonly socket: Socket }> {
  const settled = new AbortController();
  const attempts = addresses.map(async (ip) => {
    try {
      const socket = await deadline.step(CONNECT_MS, (signal) =>
        open(ip, port, AbortSignal.any([signal, settled.signal])),
      );
      return { ip, socket };
    } catch (error) {
      throw new ProblemError(explainImapConnect(error, ip, port));
    }
  });
  try {
    const first = await Promise.any(attempts);
    settled.abort();
    for (const attempt of attempts) {
      attempt.then(
        ({ socket }) => socket !== first.socket && socket.destroy(),
        () => undefined,
      );
    }
    return first;
  } catch (error) {
    if (deadline.signal.aborted) throw reasonOf(deadline.signal);
    const failures = (error as AggregateError).errors as readonly ProblemError[];
    // A name of a dual-stack host often leads nowhere over IPv6: that is not the one to report.
    const telling = failures.find((_, index) => !isIPv6(addresses[index]!)) ?? failures[0]!;
    throw telling;
  }
}
