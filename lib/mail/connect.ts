import { lookup } from "node:dns/promises";
import { connect, isIP, type Socket } from "node:net";
import { reasonOf } from "../core/clock";
import { ProblemError, type Problem } from "../core/problem";
import { untilAborted, type Deadline } from "./deadline";
import { explainConnect } from "./diagnose";
import { notCoveredByFlow, someAddressesFailed } from "./errors";
import { formatIpAndPort, isDeclared } from "./ip-and-port";
import { isLoopback } from "./loopback";
import type { Resolver } from "./runtime";
import type { Seen } from "./stage-log";
import type { Target } from "./target";

const CONNECT_MS = 10_000;
const DNS_MS = 10_000;

const systemResolver: Resolver = (host) => lookup(host, { all: true, verbatim: true });

/** All addresses of the host, in the resolver's order. */
export async function resolveHost(
  host: string,
  resolver: Resolver | undefined,
  deadline: Deadline,
): Promise<Seen<readonly string[]>> {
  if (isIP(host) !== 0) {
    return { value: [host], status: "skipped", detail: `${host} is an IP address, there is nothing to resolve` };
  }
  const found = await deadline.step(DNS_MS, (signal) => untilAborted((resolver ?? systemResolver)(host), signal));
  const addresses = [...new Set(found.map(({ address }) => address))];
  if (addresses.length === 0) throw Object.assign(new Error("no address"), { code: "ENODATA" });
  return { value: addresses, detail: `${host} is ${addresses.join(", ")}` };
}

interface Attempt {
  readonly ip: string;
  readonly socket?: Socket;
  readonly problem?: Problem;
}

/**
 * Connects to every address at once, because a sender may pick any of them, and keeps the first in
 * the resolver's order that works.
 */
export async function connectToAny(
  addresses: readonly string[],
  target: Target,
  deadline: Deadline,
): Promise<Seen<{ readonly socket: Socket; readonly ip: string }>> {
  const { port, declaredFlows } = target;
  const attempts = await Promise.all(
    addresses.map(async (ip): Promise<Attempt> => {
      try {
        return { ip, socket: await deadline.step(CONNECT_MS, (signal) => open(ip, port, signal)) };
      } catch (error) {
        return { ip, problem: explainConnect(error, ip, port, declaredFlows) };
      }
    }),
  );
  if (deadline.signal.aborted) {
    for (const { socket } of attempts) socket?.destroy();
    throw reasonOf(deadline.signal);
  }
  const failed = attempts.flatMap(({ problem }) => (problem ? [problem] : []));
  const [chosen, ...spare] = attempts.filter(({ socket }) => socket !== undefined);
  for (const { socket } of spare) socket?.destroy();
  if (!chosen?.socket) throw new ProblemError(mostTelling(failed));

  const where = formatIpAndPort(chosen.ip, port);
  const others = attempts.length - 1;
  const detail = `connected to ${where}${others > 0 ? `, ${others - failed.length} of ${others} other addresses answer too` : ""}`;
  const value = { socket: chosen.socket, ip: chosen.ip };
  if (failed.length > 0) {
    const summary = failed.map((problem) => problem.summary).join("; ");
    return { value, detail: `${detail}; ${summary}`, warning: someAddressesFailed(summary, failed[0]!.fix) };
  }
  if (declaredFlows !== undefined && !isLoopback(chosen.ip) && !isDeclared(declaredFlows, chosen.ip, port)) {
    return { value, detail: `${detail}, but no flow is declared for it`, warning: notCoveredByFlow(where) };
  }
  return { value, detail };
}

/** Several addresses failed: the first is shown, and the others named. */
function mostTelling(problems: readonly Problem[]): Problem {
  const [first, ...rest] = problems as [Problem, ...Problem[]];
  const others = rest.map((problem) => problem.summary).filter((summary) => summary !== first.summary);
  return others.length === 0 ? first : { ...first, summary: [first.summary, ...others].join("; ") };
}

/** Connects, or gives up when told to. */
export function open(ip: string, port: number, signal: AbortSignal): Promise<Socket> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(reasonOf(signal));
    const socket = connect({ host: ip, port });
    const settle = () => {
      signal.removeEventListener("abort", onAbort);
      socket.off("connect", onConnect).off("error", fail);
      // An error event without a listener ends the process.
      socket.on("error", () => undefined);
    };
    const fail = (error: Error) => {
      settle();
      socket.destroy();
      reject(error);
    };
    const onAbort = () => fail(reasonOf(signal));
    const onConnect = () => {
      settle();
      resolve(socket);
    };
    signal.addEventListener("abort", onAbort, { once: true });
    socket.on("connect", onConnect).on("error", fail);
  });
}
