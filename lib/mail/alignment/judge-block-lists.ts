import { isIPv6 } from "node:net";
import { remedyFor } from "../stage/remedy";
import { BLOCK_LISTS, meaningOf, TEST_ENTRY, type BlockList, type ListAnswer } from "./block-lists";
import { answered, type AddressJudgement } from "./judge-ptr";
import { NoAnswer, type Questions } from "./questions";
import { reversedAddress } from "./reversed-address";
import { sendingAddress as remedies } from "./sending-address.remedies";

/** Whether the large block lists contain the address; each gets one query. */
export async function judgeBlockLists(
  ip: string,
  questions: Questions,
  lists: readonly BlockList[] = BLOCK_LISTS,
): Promise<AddressJudgement> {
  const asked = lists.filter(({ ipv6 }) => ipv6 || !isIPv6(ip));
  const found = new Map<ListAnswer, BlockList[]>();
  let silent: NoAnswer | undefined;
  const free: BlockList[] = [];
  for (const list of asked) {
    const ask = (entry: string) => answered<string>(() => questions.ask(`${reversedAddress(entry)}.${list.zone}`, "A"));
    const answers = await ask(ip);
    if (answers instanceof NoAnswer) silent ??= answers;
    else if (answers.length > 0) {
      for (const meaning of new Set(answers.map((answer) => meaningOf(answer, list)))) add(found, meaning, list);
    } else if (isReached(await ask(TEST_ENTRY), list)) free.push(list);
    else add(found, "resolver-refused", list);
  }

  const servers = questions.described;
  const values = (meaning: ListAnswer) => {
    const lists = found.get(meaning) ?? [];
    return { ip, lists: lists.map(({ name }) => name).join(", "), pages: lists.map(({ page }) => page).join(", ") };
  };
  const listed = found.has("listed") ? values("listed") : undefined;
  const policy = found.has("policy") ? values("policy") : undefined;
  const refused = found.has("resolver-refused") ? values("resolver-refused") : undefined;
  const reached = listed ?? policy;
  const freeOf = free.map(({ name }) => name).join(", ") || (reached ? undefined : "any that answered");
  // The answer of each list: one that lists the address does not make up for another that could not be queried.
  const detail = [
    listed && `${ip} is listed by ${listed.lists}`,
    policy && `${ip} is listed by ${policy.lists} as one that shall not send by itself`,
    freeOf && `${ip} is not listed by ${freeOf}`,
    refused && `${refused.lists} does not answer ${servers}`,
    silent && silent.message,
  ]
    .filter((part) => part !== undefined)
    .join("; ");
  if (listed) return { detail, problem: remedyFor(remedies.blockListed, listed) };
  if (policy) return { detail, problem: remedyFor(remedies.blockListedByPolicy, policy) };
  if (refused) {
    const problem = remedyFor(remedies.blockListRefusesResolver, { ip, lists: refused.lists, servers });
    return { detail, problem, unknown: true };
  }
  if (silent) {
    const problem = remedyFor(remedies.blockListUnanswered, { ip, question: silent.message, servers });
    return { detail, problem, unknown: true };
  }
  return { detail };
}

/** A name server that reaches no list answers "no such name" for every address. */
function isReached(answers: readonly string[] | NoAnswer, list: BlockList): boolean {
  return Array.isArray(answers) && answers.some((answer) => meaningOf(answer, list) !== "resolver-refused");
}

function add(found: Map<ListAnswer, BlockList[]>, meaning: ListAnswer, list: BlockList): void {
  found.set(meaning, [...(found.get(meaning) ?? []), list]);
}
