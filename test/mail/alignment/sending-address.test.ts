import { systemClock } from "../../../lib/core/clock";
import { BLOCK_LISTS as LISTS, TEST_ENTRY } from "../../../lib/mail/alignment/block-lists";
import { reversedAddress, reverseName } from "../../../lib/mail/alignment/reversed-address";
import { judgeSendingAddresses } from "../../../lib/mail/alignment/sending-address";
import { BLOCK_LISTS, PTR, type Stage } from "../../../lib/mail/stage/stage";
import { StageLog } from "../../../lib/mail/stage/stage-log";
import { Deadline } from "../../../lib/mail/wire/deadline";
import { mailRuntime } from "../../support/mail-runtime";
import type { Zone } from "../../support/name-server";
import { zoneServers } from "../../support/sender-zone";

const IP = "203.0.113.25";
const V6 = "2001:db8::25";

interface Asked {
  readonly sourceIps?: readonly string[];
  readonly blockLists?: boolean;
  readonly signal?: AbortSignal;
  readonly ms?: number;
}

/** Lists that can be reached. */
const REACHED: Zone = Object.fromEntries(
  LISTS.map(({ zone }) => [`${reversedAddress(TEST_ENTRY)}.${zone}`, { A: ["127.0.0.2"] }]),
);

async function judged(zone: Zone, { sourceIps = [IP], blockLists = false, signal, ms = 5_000 }: Asked = {}) {
  const servers = zoneServers(zone);
  const log = new StageLog(systemClock, (text) => text);
  const deadline = new Deadline(systemClock, ms, signal ?? new AbortController().signal);
  await judgeSendingAddresses({ runtime: mailRuntime({}), log, deadline }, { sourceIps, blockLists }, servers);
  const stage = (name: string) => log.stages.find((one) => one.name === name) as Stage;
  return { ptr: stage(PTR), lists: stage(BLOCK_LISTS), questions: servers.questions };
}

const named = (ip: string, ...names: string[]): Zone => ({ [reverseName(ip)]: { PTR: names } });
const listed = (zone: string, ...answers: string[]): Zone => ({ [`${reversedAddress(IP)}.${zone}`]: { A: answers } });

describe("the name of a sending address", () => {
  it.each<[string, Zone, Asked, string, string | undefined, RegExp]>([
    [
      "leads back",
      { ...named(IP, "mx.example.com."), "mx.example.com": { A: [IP] } },
      {},
      "passed",
      undefined,
      /^203\.0\.113\.25 is mx\.example\.com, and/,
    ],
    [
      "leads back, of IPv6",
      { ...named(V6, "mx.example.com"), "mx.example.com": { AAAA: ["2001:0db8::0025"] } },
      { sourceIps: [V6] },
      "passed",
      undefined,
      /is mx\.example\.com/,
    ],
    [
      "leads back by the second of two",
      { ...named(IP, "old.example.com", "mx.example.com"), "mx.example.com": { A: ["192.0.2.1", IP] } },
      {},
      "passed",
      undefined,
      /mx\.example\.com/,
    ],
    ["is missing", {}, {}, "warning", "reverse-name-missing", /has no name/],
    ["has no records", { [reverseName(IP)]: {} }, {}, "warning", "reverse-name-missing", /has no name/],
    [
      "does not exist itself",
      named(IP, "mx.example.com"),
      {},
      "warning",
      "reverse-name-not-confirmed",
      /does not lead back/,
    ],
    [
      "leads elsewhere",
      { ...named(IP, "mx.example.com"), "mx.example.com": { A: ["192.0.2.1"] } },
      {},
      "warning",
      "reverse-name-not-confirmed",
      /does not lead back/,
    ],
    [
      "is one of a line, by its digits",
      { ...named(IP, "host-203-0-113-25.example.net"), "host-203-0-113-25.example.net": { A: [IP] } },
      {},
      "warning",
      "reverse-name-generic",
      /host-203/,
    ],
    [
      "is one of a line, by its digits backwards",
      { ...named(IP, "25.113.0.203.isp.example.net"), "25.113.0.203.isp.example.net": { A: [IP] } },
      {},
      "warning",
      "reverse-name-generic",
      /isp/,
    ],
    [
      "is one of a line, by its words",
      { ...named(IP, "p7.dyn.example.net"), "p7.dyn.example.net": { A: [IP] } },
      {},
      "warning",
      "reverse-name-generic",
      /dyn/,
    ],
    [
      "only looks like one: a pool in the domain is somebody's name",
      { ...named(IP, "mail.pool.example"), "mail.pool.example": { A: [IP] } },
      {},
      "passed",
      undefined,
      /mail\.pool\.example/,
    ],
    [
      "is not told",
      { [reverseName(IP)]: { trouble: "SERVFAIL" } },
      {},
      "unavailable",
      "reverse-name-unknown",
      /ESERVFAIL/,
    ],
    [
      "is told, and its address is not",
      { ...named(IP, "mx.example.com"), "mx.example.com": { trouble: "SERVFAIL" } },
      {},
      "unavailable",
      "reverse-name-unknown",
      /ESERVFAIL/,
    ],
  ])("%s", async (_, zone, asked, status, code, detail) => {
    const { ptr, lists } = await judged(zone, asked);
    expect(ptr).toMatchObject({ status, problem: code === undefined ? undefined : { code: `mail/${code}` } });
    expect(ptr.detail).toMatch(detail);
    expect(lists).toBeUndefined();
  });

  it("is not looked for where the address is private", async () => {
    const { ptr, questions } = await judged({}, { sourceIps: ["10.0.0.5", "::ffff:192.168.1.1"] });
    expect(ptr).toMatchObject({ status: "skipped" });
    expect(questions).toEqual([]);
  });

  it("of one address that is wrong weighs more than of another that is not known", async () => {
    const { ptr } = await judged(
      { [reverseName("198.51.100.7")]: { trouble: "SERVFAIL" } },
      { sourceIps: ["198.51.100.7", IP, IP] },
    );
    expect(ptr).toMatchObject({ status: "warning", problem: { code: "mail/reverse-name-missing" } });
    expect(ptr.detail).toMatch(/^the name of 198\.51\.100\.7 is not known.*; 203\.0\.113\.25 has no name$/);
  });

  it("is not waited for longer than the time for all stages", async () => {
    const { ptr } = await judged({ [reverseName(IP)]: { trouble: "silence" } }, { ms: 50 });
    expect(ptr).toMatchObject({ status: "unavailable", problem: { code: "mail/reverse-name-unknown" } });
  });

  it("is given up when interrupted, and the lists are not begun", async () => {
    const signal = AbortSignal.timeout(20);
    const { ptr, lists } = await judged(
      { [reverseName(IP)]: { trouble: "silence" } },
      { signal, ms: 60_000, blockLists: true },
    );
    expect(ptr).toMatchObject({ status: "failed", problem: { code: "mail/interrupted" } });
    expect(lists).toMatchObject({ status: "skipped" });
  });
});

describe("the large block lists", () => {
  const [zen, spamCop] = LISTS.map(({ zone }) => zone);
  it.each<[string, Zone, string, string | undefined, RegExp]>([
    ["have it not", {}, "passed", undefined, /is not listed by Spamhaus ZEN, SpamCop, Barracuda, PSBL$/],
    [
      "have it",
      listed(zen!, "127.0.0.2"),
      "warning",
      "block-listed",
      /is listed by Spamhaus ZEN; .* not listed by SpamCop/,
    ],
    [
      "have it, several",
      { ...listed(zen!, "127.0.0.4"), ...listed(spamCop!, "127.0.0.2") },
      "warning",
      "block-listed",
      /is listed by Spamhaus ZEN, SpamCop; .* is not listed by Barracuda, PSBL$/,
    ],
    [
      "have it, while another does not answer",
      { ...listed(spamCop!, "127.0.0.2"), ...listed(zen!, "127.255.255.254") },
      "warning",
      "block-listed",
      /listed by SpamCop; .*not listed by Barracuda, PSBL; Spamhaus ZEN does not answer/,
    ],
    [
      "are silent, one for this name server and one for everybody",
      { ...listed(zen!, "127.255.255.254"), [`${reversedAddress(IP)}.${spamCop!}`]: { trouble: "SERVFAIL" } },
      "unavailable",
      "block-list-refuses-resolver",
      /not listed by Barracuda, PSBL; Spamhaus ZEN does not answer .*; .*ESERVFAIL/,
    ],
    [
      "have it for its kind of line",
      listed(zen!, "127.0.0.10"),
      "warning",
      "block-listed-by-policy",
      /shall not send by itself/,
    ],
    [
      "have it for both",
      listed(zen!, "127.0.0.11", "127.0.0.3"),
      "warning",
      "block-listed",
      /is listed by Spamhaus ZEN/,
    ],
    [
      "do not answer a public name server",
      listed(zen!, "127.255.255.254"),
      "unavailable",
      "block-list-refuses-resolver",
      /not listed by SpamCop, Barracuda, PSBL; Spamhaus ZEN does not answer/,
    ],
    [
      "are answered for by somebody else",
      listed(zen!, "198.51.100.1"),
      "unavailable",
      "block-list-refuses-resolver",
      /does not answer/,
    ],
    [
      "do not answer at all",
      { [`${reversedAddress(IP)}.${zen!}`]: { trouble: "SERVFAIL" } },
      "unavailable",
      "block-list-unknown",
      /ESERVFAIL/,
    ],
  ])("%s", async (_, zone, status, code, detail) => {
    const { lists } = await judged({ ...REACHED, ...zone }, { blockLists: true });
    expect(lists).toMatchObject({ status, problem: code === undefined ? undefined : { code: `mail/${code}` } });
    expect(lists.detail).toMatch(detail);
  });

  it("are not reached by a name server that knows no such names", async () => {
    const { lists } = await judged({}, { blockLists: true });
    expect(lists).toMatchObject({ status: "unavailable", problem: { code: "mail/block-list-refuses-resolver" } });
    expect(lists.detail).toMatch(/^203\.0\.113\.25 is not listed by any that answered; Spamhaus ZEN, SpamCop/);
  });

  it("are asked for IPv6 only where they have it", async () => {
    const { questions } = await judged({}, { blockLists: true, sourceIps: [V6] });
    expect(questions.filter((question) => question.startsWith("A "))).toEqual([
      `A ${reversedAddress(V6)}.zen.spamhaus.org`,
      `A ${reversedAddress(TEST_ENTRY)}.zen.spamhaus.org`,
    ]);
  });

  it("are asked only where that is wanted", async () => {
    const { questions } = await judged({});
    expect(questions).toEqual([`PTR ${reverseName(IP)}`]);
  });
});
