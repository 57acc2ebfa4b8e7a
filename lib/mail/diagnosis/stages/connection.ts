import { isIP, type Socket } from "node:net";
import { reasonOf } from "../../../core/clock";
import { ProblemError, restated, type Problem } from "../../../core/problem";
import { connectAll, type ConnectAttempt } from "../../wire/connect";
import type { Deadline } from "../../wire/deadline";
import { formatIpAndPort, isDeclared } from "../../wire/ip-and-port";
import { isLoopback } from "../../wire/loopback";
import { remedyFor } from "../../stage/remedy";
import type { StageResult } from "../../stage/stage-log";
import type { Target } from "../../smtp/target";
import { explainConnect } from "../explain";
import { notCoveredByFlow, someAddressesFailed } from "../errors";
import { connection as remedies } from "../remedies/connection";

/** The time for the others once one address has answered: enough for a lost packet or two. */
const STRAGGLER_MS = 3_000;

export interface Attempt extends ConnectAttempt {
  readonly problem?: Problem;
}

/**
 * Connects to every address at the same time, because a sender may choose any of them, and keeps the first one in the
 * resolver's order that works.
 */
export async function connectToAny(
  addresses: readonly string[],
  target: Target,
  deadline: Deadline,
): Promise<StageResult<{ readonly socket: Socket; readonly ip: string }>> {
  const { port, declaredFlows } = target;
  const attempts = (await connectAll(addresses, port, deadline, STRAGGLER_MS)).map(({ ip, socket, error }): Attempt =>
    socket ? { ip, socket } : { ip, error, problem: explainConnect(error, ip, port, declaredFlows) },
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
  const dead = judgeAttempts(attempts);
  if (dead) return { value, detail: `${detail}; ${failed.map(({ summary }) => summary).join("; ")}`, warning: dead };
  // For a name, the DNS stage has reported it address by address.
  const undeclared = declaredFlows !== undefined && !isDeclared(declaredFlows, chosen.ip, port);
  if (undeclared && isIP(target.host) !== 0 && !isLoopback(chosen.ip)) {
    return { value, detail: `${detail}, but no flow is declared for it`, warning: notCoveredByFlow(where) };
  }
  return { value, detail };
}

/** The problem for senders that choose another address. */
export function judgeAttempts(attempts: readonly Attempt[]): Problem | undefined {
  const failed = attempts.filter(({ problem }) => problem !== undefined);
  if (failed.length === 0) return undefined;
  for (const [version, family, alive, record] of FAMILIES) {
    const members = attempts.filter(({ ip }) => isIP(ip) === version);
    if (members.length === 0 || members.some(({ socket }) => socket !== undefined)) continue;
    const addresses = members.map(({ ip }) => ip).join(", ");
    if (members.every(({ error }) => NO_ROUTE.includes((error as { code?: string } | undefined)?.code ?? ""))) {
      return remedyFor(remedies.familyNotHere, { family, addresses });
    }
    const summaries = members.map(({ problem }) => problem!.summary).join("; ");
    return remedyFor(remedies.deadFamily, { alive, family, record, failed: summaries });
  }
  const summary = failed.map(({ problem }) => problem!.summary).join("; ");
  const { prose, fix } = failed[0]!.problem!;
  return someAddressesFailed(summary, prose?.fix ?? [fix]);
}

/** Both families with each other and their record types. */
const FAMILIES = [
  [6, "IPv6", "IPv4", "AAAA"],
  [4, "IPv4", "IPv6", "A"],
] as const;
/** Codes for a machine without a route to the family. */
const NO_ROUTE = ["ENETUNREACH", "EADDRNOTAVAIL", "EAFNOSUPPORT"];

/** When several addresses failed: the first problem, with the others' addresses. */
function mostTelling(problems: readonly Problem[]): Problem {
  const [first, ...rest] = problems as [Problem, ...Problem[]];
  const others = rest.map((problem) => problem.summary).filter((summary) => summary !== first.summary);
  return others.length === 0 ? first : restated(first, (own) => [...own, `; ${others.join("; ")}`]);
}
