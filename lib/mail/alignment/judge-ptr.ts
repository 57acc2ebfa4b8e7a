import { isIPv6 } from "node:net";
import type { Problem } from "../../core/problem";
import { printable } from "../../core/printable";
import { remedyFor } from "../stage/remedy";
import { NoAnswer, type Questions } from "./questions";
import { reverseName, sameAddress } from "./reversed-address";
import { sendingAddress as remedies } from "./sending-address.remedies";

/** The result for one sending address. */
export interface AddressJudgement {
  readonly detail: string;
  readonly problem?: Problem;
  /** True when the name servers did not answer. */
  readonly unknown?: boolean;
}

/** Receivers examine a few names only. */
const MOST_NAMES = 5;

/**
 * Judges whether an address has a name that resolves to it, as receivers do before they accept mail.
 * @see RFC 8601, section 3 ("iprev"); RFC 1912, section 2.1
 */
export async function judgePtr(ip: string, questions: Questions): Promise<AddressJudgement> {
  const names = await answered<string>(() => questions.ask(reverseName(ip), "PTR"));
  if (names instanceof NoAnswer) return unanswered(ip, names, questions);
  if (names.length === 0) {
    const problem = remedyFor(remedies.reverseMissing, { ip });
    return { detail: `${ip} has no name`, problem };
  }
  const some = names.slice(0, MOST_NAMES).map((name) => name.replace(/\.$/, ""));
  let silent: NoAnswer | undefined;
  for (const name of some) {
    const addresses = await answered<string>(() => questions.ask(name, isIPv6(ip) ? "AAAA" : "A"));
    if (addresses instanceof NoAnswer) silent ??= addresses;
    else if (addresses.some((address) => sameAddress(address, ip))) return confirmed(ip, name);
  }
  if (silent) return unanswered(ip, silent, questions);
  const shown = some.map((name) => printable(name, 100));
  const problem = remedyFor(remedies.reverseNotConfirmed, { ip, names: shown.join(" and "), name: shown[0]! });
  return { detail: `${ip} is ${shown.join(", ")}, which does not lead back`, problem };
}

function confirmed(ip: string, called: string): AddressJudgement {
  const name = printable(called, 100);
  const detail = `${ip} is ${name}, and ${name} is ${ip}`;
  return isGeneric(called, ip) ? { detail, problem: remedyFor(remedies.reverseGeneric, { ip, name }) } : { detail };
}

function unanswered(ip: string, { message: question }: NoAnswer, { described: servers }: Questions): AddressJudgement {
  const problem = remedyFor(remedies.reverseUnanswered, { ip, question, servers });
  return { detail: `the name of ${ip} is not known: ${question}`, problem, unknown: true };
}

/**
 * Whether a name is generated: it contains the address, or words for lines with changing addresses. Nobody has named a
 * mail server so.
 */
function isGeneric(name: string, ip: string): boolean {
  const [host = ""] = name.toLowerCase().split(/\.(?=[^.]+\.[^.]+$)/);
  if (
    /(^|[.-])(dyn(amic)?|dsl|adsl|vdsl|dhcp|dial(up|in)?|pool|ppp(oe)?|cable|broadband|res(idential)?)\d*([.-]|$)/.test(
      host,
    )
  )
    return true;
  if (isIPv6(ip)) return false;
  const parts = ip.split(".");
  return [parts, [...parts].reverse()].some((order) =>
    new RegExp(`(^|\\D)0*${order.join("[.-]0*")}(\\D|$)`).test(host),
  );
}

/** Treats the absence of records as an answer. */
export async function answered<T>(ask: () => Promise<T[]>): Promise<T[] | NoAnswer> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof NoAnswer) return error;
    if (["ENOTFOUND", "ENODATA"].includes(String((error as { code?: unknown }).code))) return [];
    throw error;
  }
}
