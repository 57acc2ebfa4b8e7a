import type { Zone } from "../../support/name-server";
import { judged, zoneServers } from "../../support/sender-zone";

const spf = (record: string, others: Zone = {}): Zone => ({ "example.com": { TXT: [record] }, ...others });
const SPF_REMEDY = /of example\.com/;

/** As many includes as asked for, each of a record of its own. */
function includes(count: number): Zone {
  const names = Array.from({ length: count }, (_, index) => `s${index}.example.net`);
  return {
    "example.com": { TXT: [`v=spf1 ${names.map((name) => `include:${name}`).join(" ")} ip4:203.0.113.25 -all`] },
    ...Object.fromEntries(names.map((name) => [name, { TXT: ["v=spf1 ip4:192.0.2.1 ?all"] }])),
  };
}

describe("what does not pass says why, and what to add where", () => {
  it.each<[string, Zone, string, RegExp, RegExp]>([
    [
      "no record",
      { "example.com": { TXT: ["google-site-verification=x"] } },
      "spf-no-record",
      /^none for 203\.0\.113\.25/,
      /Publish one TXT record at example\.com: "v=spf1 ip4:203\.0\.113\.25 -all"/,
    ],
    ["no such domain", {}, "spf-no-record", /^none/, /Publish/],
    [
      "fail",
      spf("v=spf1 ip4:192.0.2.0/24 -all"),
      "spf-fail",
      /^fail .*\(-all/,
      /Add ip4:203\.0\.113\.25 to the record/,
    ],
    [
      "an explicit fail",
      spf("v=spf1 -ip4:203.0.113.0/24 +mx ~all"),
      "spf-fail",
      /-ip4:203\.0\.113\.0\/24/,
      /in front of/,
    ],
    ["softfail", spf("v=spf1 mx ~all"), "spf-softfail", /^softfail .*\(~all/, /Add ip4:203\.0\.113\.25/],
    ["neutral", spf("v=spf1 ?all"), "spf-neutral", /^neutral .*\(\?all/, /Add ip4:203\.0\.113\.25/],
    ["a record without an end", spf("v=spf1 ip4:192.0.2.1"), "spf-neutral", /^neutral for 203/, SPF_REMEDY],
    ["eleven lookups", includes(11), "spf-too-many-lookups", /^permerror/, /put ip4:203\.0\.113\.25 in front/],
    [
      "two records",
      { "example.com": { TXT: ["v=spf1 -all", "v=spf1 ip4:203.0.113.25 -all"] } },
      "spf-several-records",
      /"v=spf1 -all" of example\.com; "v=spf1 ip4:203\.0\.113\.25 -all" of example\.com/,
      /Make one record/,
    ],
    [
      "an include that leads back",
      spf("v=spf1 include:a.example.net -all", {
        "a.example.net": { TXT: ["v=spf1 include:b.example.net -all"] },
        "b.example.net": { TXT: ["v=spf1 include:a.example.net -all"] },
      }),
      "spf-include-loop",
      /^permerror/,
      /Take the include that leads back out/,
    ],
    [
      "an include of nothing",
      spf("v=spf1 include:gone.example.net ip4:203.0.113.25 -all"),
      "spf-include-missing",
      /^permerror/,
      /Correct or remove that include/,
    ],
    [
      "hosts that do not exist",
      spf("v=spf1 a:x.example.net a:y.example.net a:z.example.net -all"),
      "spf-void-lookups",
      /^permerror/,
      /Remove the names/,
    ],
    ["an unknown mechanism", spf("v=spf1 ipv4:203.0.113.25 -all"), "spf-syntax", /^permerror/, /Correct the record/],
    [
      "a macro nobody knows",
      spf("v=spf1 exists:%{q}.example.com -all"),
      "spf-syntax",
      /^permerror/,
      /Correct the record/,
    ],
    [
      "a macro that breaks the evaluation",
      spf("v=spf1 exists:%{s1r.-+.}.com -all"),
      "spf-syntax",
      /^permerror/,
      /Correct/,
    ],
    [
      "a record of 10,000 characters",
      spf(`v=spf1 ${"ip4:192.0.2.1 ".repeat(714)}-all`),
      "spf-too-long",
      /^permerror/,
      /Shorten the record/,
    ],
  ])("%s", async (_, zone, code, detail, remedy) => {
    const { SPF } = await judged(zone);
    expect(SPF).toMatchObject({ status: "warning", problem: { code: `mail/${code}`, severity: "warning" } });
    expect(SPF.detail).toMatch(detail);
    expect(SPF.remedy).toMatch(remedy);
    expect(SPF.detail.length).toBeLessThan(1_000);

    const { SPF: required } = await judged(zone, { require: ["spf"] });
    expect(required).toMatchObject({ status: "failed", problem: { code: `mail/${code}`, severity: "error" } });
  });

  it("shows the way of a loop", async () => {
    const zone = spf("v=spf1 redirect=a.example.net", {
      "a.example.net": { TXT: ["v=spf1 include:Example.com -all"] },
    });
    const { SPF } = await judged(zone);
    expect(SPF.problem?.summary).toMatch(/: example\.com -> a\.example\.net -> example\.com$/);
  });

  it("does not follow branches without end in search of a loop", async () => {
    const hop = (index: number) => `s${index}.example.net`;
    const branching = (to: string) => ({ TXT: [`v=spf1 ${`include:${to} `.repeat(150)}-all`] });
    const hops = Array.from({ length: 12 }, (_, index) => [hop(index), branching(hop(index + 1))] as const);
    const { SPF } = await judged({ "example.com": branching(hop(0)), ...Object.fromEntries(hops) });
    expect(SPF.problem?.code).toBe("mail/spf-too-many-lookups");
  });
});

describe("what passes names the term that let it through", () => {
  it.each<[string, Zone, string]>([
    ["an address", spf("v=spf1 ip4:203.0.113.25 -all"), "ip4:203.0.113.25"],
    ["a network", spf("v=spf1 mx ip4:203.0.113.0/24 -all"), "ip4:203.0.113.0/24"],
    [
      "a host",
      spf("v=spf1 a:out.example.com -all", { "out.example.com": { A: ["203.0.113.25"] } }),
      "a:out.example.com",
    ],
    [
      "a mail exchanger",
      {
        "example.com": { TXT: ["v=spf1 mx -all"], MX: [{ exchange: "mx.example.com", priority: 10 }] },
        "mx.example.com": { A: ["203.0.113.25"] },
      },
      "mx",
    ],
    [
      "an include, behind one that does not match",
      spf("v=spf1 include:a.example.net include:b.example.net ~all", {
        "a.example.net": { TXT: ["v=spf1 ip4:192.0.2.1 -all"] },
        "b.example.net": { TXT: ["v=spf1 ip4:203.0.113.25 -all"] },
      }),
      "include:b.example.net",
    ],
    [
      "a redirect",
      spf("v=spf1 redirect=_spf.example.net", { "_spf.example.net": { TXT: ["v=spf1 ip4:203.0.113.25 -all"] } }),
      "redirect=_spf.example.net",
    ],
    [
      "a reverse name",
      spf("v=spf1 ptr -all", {
        "25.113.0.203.in-addr.arpa": { PTR: ["out.example.com"] },
        "out.example.com": { A: ["203.0.113.25"] },
      }),
      "ptr",
    ],
    [
      "an included record that looks itself up by a macro",
      spf("v=spf1 include:_spf.example.net -all", {
        "_spf.example.net": { TXT: ["v=spf1 exists:%{ir}.%{v}.%{d} -all"] },
        "25.113.0.203.in-addr._spf.example.net": { A: ["127.0.0.2"] },
      }),
      "include:_spf.example.net",
    ],
    ["exactly ten lookups", includes(10), "ip4:203.0.113.25"],
  ])("%s", async (_, zone, term) => {
    const { SPF } = await judged(zone, { require: ["spf"] });
    expect(SPF.status).toBe("passed");
    expect(SPF.detail).toContain(`pass for 203.0.113.25 (${term}; declared`);
  });

  it("evaluates IPv6 addresses, and proposes ip6", async () => {
    const from = { sourceIps: ["2001:db8::25"] };
    expect((await judged(spf("v=spf1 ip6:2001:db8::/32 -all"), from)).SPF.status).toBe("passed");
    expect((await judged(spf("v=spf1 ip4:203.0.113.25 -all"), from)).SPF.remedy).toMatch(/Add ip6:2001:db8::25/);
  });

  it("does not let one address that passes speak for another that does not", async () => {
    const { SPF } = await judged(spf("v=spf1 ip4:203.0.113.25 -all"), { sourceIps: ["203.0.113.25", "198.51.100.7"] });
    expect(SPF).toMatchObject({ status: "warning", problem: { code: "mail/spf-fail" } });
    expect(SPF.remedy).toMatch(/Add ip4:198\.51\.100\.7 to/);
    expect(SPF.detail).toMatch(/pass for 203\.0\.113\.25 .*fail for 198\.51\.100\.7/);
  });

  it("warns of a record that permits everybody", async () => {
    const { SPF } = await judged(spf("v=spf1 +all"), { require: ["spf"] });
    expect(SPF).toMatchObject({ status: "warning", problem: { code: "mail/spf-permits-everybody" } });
    expect(SPF.remedy).toMatch(/Put ip4:203\.0\.113\.25 -all in place of \+all/);
  });

  it("asks each question once, whatever the number of addresses", async () => {
    const servers = zoneServers(
      spf("v=spf1 include:a.example.net -all", { "a.example.net": { TXT: ["v=spf1 -all"] } }),
    );
    await judged(servers, { sourceIps: ["203.0.113.25", "203.0.113.26"] });
    expect(new Set(servers.questions).size).toBe(servers.questions.length);
  });
});

describe("lookups", () => {
  const within = (zone: Zone) => judged(zone, { require: ["spf"] }).then(({ SPF }) => SPF);

  it.each([
    [1, "; declared; 1 of 10 lookups)"],
    [10, "; declared; 10 of 10 lookups)"],
    [0, "; declared)"],
  ])("that were made are counted: %i", async (count, told) => {
    expect((await within(includes(count))).detail).toContain(told);
  });

  it("are ten at most, and the eleventh breaks the record, which the remedy says", async () => {
    expect((await within(includes(10))).status).toBe("passed");
    const { problem } = await within(includes(11));
    expect(problem).toMatchObject({ code: "mail/spf-too-many-lookups" });
    expect(problem!.summary).toContain("more than 10 lookups");
  });

  it("are counted wherever they stand: ten are ten also inside includes", async () => {
    const chain = (length: number): Zone => {
      const names = Array.from({ length }, (_, index) => `s${index}.example.net`);
      const end = "v=spf1 ip4:203.0.113.25 -all";
      const record = (index: number) => (index === length ? end : `v=spf1 include:${names[index]} -all`);
      const included = names.map((name, index) => [name, { TXT: [record(index + 1)] }] as const);
      return spf(record(0), Object.fromEntries(included));
    };
    expect(await within(chain(10))).toMatchObject({ status: "passed" });
    expect(await within(chain(11))).toMatchObject({ problem: { code: "mail/spf-too-many-lookups" } });
  });

  it("that find nothing are two at most, and the third breaks the record", async () => {
    const hosts = (count: number) => Array.from({ length: count }, (_, index) => `a:x${index}.example.net`).join(" ");
    expect(await within(spf(`v=spf1 ${hosts(2)} ip4:203.0.113.25 -all`))).toMatchObject({ status: "passed" });
    expect(await within(spf(`v=spf1 ${hosts(3)} ip4:203.0.113.25 -all`))).toMatchObject({
      problem: { code: "mail/spf-void-lookups" },
    });
  });

  it("of a host with addresses of the other kind alone find something", async () => {
    const names = ["x", "y", "z"].map((name) => `${name}.example.net`);
    const zone = Object.fromEntries(names.map((name) => [name, { AAAA: ["2001:db8::1"] }]));
    const record = `v=spf1 ${names.map((name) => `a:${name}`).join(" ")} ip4:203.0.113.25 -all`;
    expect(await within(spf(record, zone))).toMatchObject({ status: "passed" });
  });
});

describe("an address nobody declared", () => {
  const guess = { sourceIpsDeclared: false };

  it("is called a guess, and is no more than a warning", async () => {
    const { SPF, DMARC } = await judged(
      spf("v=spf1 -all", { "_dmarc.example.com": { TXT: ["v=DMARC1; p=reject"] } }),
      guess,
    );
    expect(SPF).toMatchObject({ status: "warning", problem: { code: "mail/spf-guess" } });
    expect(SPF.detail).toMatch(/a guess: the SMTP server's own address/);
    expect(SPF.remedy).toMatch(/Declare `source_ips`.*add ip4:203\.0\.113\.25/);
    expect(DMARC.status).toBe("unavailable");
  });

  it("is not judged when no server on the internet can have seen it", async () => {
    for (const sourceIps of [["127.0.0.1"], ["10.0.0.1", "fe80::1", "::1"], ["::ffff:192.168.1.1"], []]) {
      const { SPF } = await judged(spf("v=spf1 +all"), { ...guess, sourceIps });
      expect(SPF).toMatchObject({ status: "unavailable", problem: { code: "mail/spf-no-source" } });
      expect(SPF.remedy).toMatch(/Declare `source_ips`/);
    }
  });

  it("is judged when it is private and declared: companies have such records", async () => {
    const { SPF } = await judged(spf("v=spf1 ip4:10.0.0.0/8 -all"), { sourceIps: ["10.1.2.3"] });
    expect(SPF.status).toBe("passed");
  });

  it("does not excuse a record that is missing or broken for all addresses", async () => {
    const { SPF } = await judged(spf("v=spf1 nonsense -all"), guess);
    expect(SPF.problem?.code).toBe("mail/spf-syntax");
  });

  it("gives way to the one the receiving server saw", async () => {
    const raw = Buffer.from(
      "Return-Path: <alerts@example.com>\r\nReceived: from x (localhost [127.0.0.1]) by mx.example.net; now\r\n" +
        "Received: from out.example.com (out.example.com [203.0.113.77])\r\n\tby mx.example.net with ESMTPS; now\r\n" +
        "From: alerts@example.com\r\n\r\nbody\r\n",
    );
    const { SPF } = await judged(spf("v=spf1 ip4:203.0.113.77 -all"), { ...guess, raw });
    expect(SPF.status).toBe("passed");
    expect(SPF.detail).toMatch(/pass for 203\.0\.113\.77 .*as mx\.example\.net \(Received\) saw it/);
  });
});

describe("an envelope sender of the relay's own", () => {
  const raw = (domain: string) =>
    Buffer.from(`Return-Path: <bounce+1@${domain}>\r\nFrom: alerts@example.com\r\n\r\nbody\r\n`);
  const zone: Zone = {
    "example.com": { TXT: ["v=spf1 -all"] },
    "relay.example.net": { TXT: ["v=spf1 ip4:203.0.113.25 -all"] },
    "bounce.example.com": { TXT: ["v=spf1 ip4:203.0.113.25 -all"] },
  };

  it("is the one SPF is evaluated for, and does not count when it is not aligned", async () => {
    const { SPF } = await judged(zone, { raw: raw("relay.example.net"), require: ["spf"] });
    expect(SPF).toMatchObject({ status: "failed", problem: { code: "mail/spf-not-aligned" } });
    expect(SPF.detail).toMatch(/^pass .*of relay\.example\.net/);
  });

  it("counts when it belongs to the same organization, unless the policy is strict", async () => {
    expect((await judged(zone, { raw: raw("bounce.example.com") })).SPF.status).toBe("passed");
    const strict = { ...zone, "_dmarc.example.com": { TXT: ["v=DMARC1; p=none; aspf=s"] } };
    expect((await judged(strict, { raw: raw("bounce.example.com") })).SPF.problem?.code).toBe("mail/spf-not-aligned");
  });
});

describe("what was meant as SPF", () => {
  it.each([
    "v=spf1; ip4:203.0.113.25; -all",
    "spf1 ip4:203.0.113.25 -all",
    '"v=spf1 -all"',
    "v=spf2 -all",
    "v = spf1 -all",
  ])("%s is quoted, and how to write it", async (record) => {
    const { SPF } = await judged({ "example.com": { TXT: ["some-verification=1", record] } });
    expect(SPF).toMatchObject({ status: "warning", problem: { code: "mail/spf-near-miss" } });
    expect(SPF.detail).toContain(record);
    expect(SPF.remedy).toContain('"v=spf1 ip4:203.0.113.25 -all"');
  });

  it("is nothing but the absence of a record where other texts speak of SPF", async () => {
    const { SPF } = await judged({ "example.com": { TXT: ["our spf is at example.net", "spfreport=on"] } });
    expect(SPF.problem!.code).toBe("mail/spf-no-record");
  });
});

it("names the include whose name servers fail, and not the domain", async () => {
  const { SPF } = await judged({
    "example.com": { TXT: ["v=spf1 include:_spf.example.net -all"] },
    "_spf.example.net": { trouble: "SERVFAIL" },
  });
  expect(SPF).toMatchObject({ status: "unavailable", problem: { code: "mail/spf-include-unanswered" } });
  expect(SPF.remedy).toContain("_spf.example.net");
});
