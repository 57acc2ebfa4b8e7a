import { elapsed } from "../../core/clock";
import type { Problem } from "../../core/problem";
import { interruptions } from "../stage/interruptions.remedies";
import { remedyFor } from "../stage/remedy";
import { BLOCK_LISTS, PTR } from "../stage/stage";
import type { Run } from "../wire/run";
import type { NameServers } from "../wire/name-servers";
import { isPublicAddress, withoutMapping } from "./address-kind";
import { judgeBlockLists } from "./judge-block-lists";
import { judgePtr, type AddressJudgement } from "./judge-ptr";
import { Questions } from "./questions";

/** The time limit of a check, enough for slow name servers; the limit for all stages applies too. */
const CHECK_MS = 10_000;
const MOST_ADDRESSES = 8;

/**
 * Finds reasons for which receivers may refuse mail from its sending addresses: their names and, on request, the large
 * block lists. Warnings only: receivers have different requirements.
 */
export async function judgeSendingAddresses(
  { runtime: { clock }, log, deadline }: Run,
  wanted: { readonly sourceIps: readonly string[]; readonly blockLists: boolean },
  servers: NameServers,
): Promise<void> {
  const ips = [...new Set(wanted.sourceIps.map(withoutMapping))].filter(isPublicAddress).slice(0, MOST_ADDRESSES);
  const checks = [[PTR, judgePtr], ...(wanted.blockLists ? ([[BLOCK_LISTS, judgeBlockLists]] as const) : [])] as const;
  for (const [stage, judge] of checks) {
    if (deadline.signal.aborted) {
      log.skip(stage, "not reached: interrupted");
      continue;
    }
    if (ips.length === 0) {
      log.skip(stage, "the addresses from which the mail leaves are private: nobody outside sees them");
      continue;
    }
    const began = elapsed(clock);
    const results: AddressJudgement[] = [];
    if (deadline.remainingMs > 0) {
      await deadline
        .step(CHECK_MS, async (signal) => {
          // Separate limits for each address: the block lists of one must not use up the queries of another.
          for (const ip of ips) results.push(await judge(ip, new Questions(servers, signal)));
        })
        .catch((error: unknown) => {
          if (!deadline.signal.aborted) throw error;
        });
    }
    const durationMs = elapsed(clock) - began;
    if (deadline.signal.aborted) log.fail(stage, durationMs, remedyFor(interruptions.interrupted, { stage }));
    else if (results.length === 0) log.add({ stage, status: "unavailable", durationMs, ...outOfTime(stage) });
    else log.add({ stage, durationMs, ...together(results) });
  }
}

function outOfTime(stage: string) {
  const problem: Problem = { ...remedyFor(interruptions.outOfTime, { stage }), severity: "warning" };
  return { detail: problem.summary, remedy: problem.fix, problem };
}

/** A fault of one address outweighs an unknown result of another. */
function together(results: readonly AddressJudgement[]) {
  const worst =
    results.find(({ problem, unknown }) => problem && unknown !== true) ?? results.find(({ problem }) => problem);
  const status = worst === undefined ? "passed" : worst.unknown === true ? "unavailable" : "warning";
  return {
    status,
    detail: results.map(({ detail }) => detail).join("; "),
    remedy: worst?.problem?.fix,
    problem: worst?.problem,
  } as const;
}
