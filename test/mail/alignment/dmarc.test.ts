import { dmarc } from "mailauth/lib/dmarc";
import type { AlignmentRequest } from "../../../lib/mail/alignment";
import type { Zone } from "../../support/name-server";
import { judged, messageFrom, rsaKey, signedMessage, zoneServers } from "../../support/sender-zone";

const key = rsaKey();
const GOOD = "v=spf1 ip4:203.0.113.25 -all";
const BAD = "v=spf1 -all";
const zone = (policy: string | readonly string[] | undefined, spf = GOOD, others: Zone = {}): Zone => ({
  "example.com": { TXT: [spf] },
  "alerts._domainkey.example.com": { TXT: [key.record] },
  ...(policy === undefined ? {} : { "_dmarc.example.com": { TXT: [policy].flat() } }),
  ...others,
});

let signed: Buffer;
let unsigned: Buffer;
beforeAll(async () => {
  signed = await signedMessage({ domain: "example.com", selector: "alerts", privateKey: key.privateKey });
  unsigned = await signedMessage();
});

describe("no policy", () => {
  it("proposes a record to publish", async () => {
    const { DMARC } = await judged(zone(undefined));
    expect(DMARC).toMatchObject({ status: "warning", problem: { code: "mail/dmarc-no-record" } });
    expect(DMARC.remedy).toContain(
      'TXT record at _dmarc.example.com: "v=DMARC1; p=none; rua=mailto:dmarc-reports@example.com"',
    );
    expect((await judged(zone(undefined), { require: ["dmarc"] })).DMARC.status).toBe("failed");
  });

  it("proposes it for the organization, and says where it looked", async () => {
    const { DMARC } = await judged({}, { from: "alerts@mon.example.co.uk" });
    expect(DMARC.detail).toBe("no record at _dmarc.mon.example.co.uk and _dmarc.example.co.uk");
    expect(DMARC.remedy).toContain("_dmarc.example.co.uk:");
  });
});

describe("a policy that receivers discard", () => {
  it.each<[string, string | readonly string[], string, RegExp]>([
    [
      "two records",
      ["v=DMARC1; p=none", "v=DMARC1; p=reject"],
      "dmarc-several-records",
      /2 records .*"v=DMARC1; p=none"/,
    ],
    ["no policy in it", "v=DMARC1; ruf=mailto:x@example.com", "dmarc-syntax", /no p=/],
    ["an unknown policy", "v=DMARC1; p=block", "dmarc-syntax", /p=block/],
    ["a version in small letters", "v=dmarc1; p=reject", "dmarc-syntax", /begin with v=DMARC1/],
    ["a comma", "v=DMARC1, p=reject", "dmarc-syntax", /begin with v=DMARC1/],
    ["10,000 characters", `v=DMARC1; p=reject; x=${"y".repeat(10_000)}`, "dmarc-syntax", /characters/],
  ])("%s", async (_, policy, code, detail) => {
    const { DMARC } = await judged(zone(policy));
    expect(DMARC).toMatchObject({ status: "warning", problem: { code: `mail/${code}` } });
    expect(DMARC.detail).toMatch(/^permerror/);
    expect(DMARC.detail).toMatch(detail);
    expect(DMARC.detail.length).toBeLessThan(800);
  });
});

describe("a record with a mistake beside its policy", () => {
  it.each([
    ["v=DMARC1; p=reject; adkim=relaxed", "adkim=relaxed is neither r nor s", "reject"],
    ["v=DMARC1; p=reject; pct=200", "pct=200 is not a percentage", "reject"],
    ["v=DMARC1; p=quarantine; quarantine", '"quarantine" is not tag=value', "quarantine"],
    ["v=DMARC1; p=reject; p=none", "p= is there twice", "reject"],
    ["v=DMARC1; rua=mailto:dmarc@example.com", "it has no p=, which counts as p=none", "none"],
    ["v=DMARC1; p=block; rua=mailto:dmarc@example.com", "p=block is no policy", "none"],
    ["v=DMARC1; p=reject; sp=block; rua=mailto:dmarc@example.com", "sp=block is no policy", "none"],
  ])("%s", async (record, why, policy) => {
    const passing = await judged(zone(record), { raw: signed, require: ["dmarc"] });
    expect(passing.DMARC).toMatchObject({ status: "warning", problem: { code: "mail/dmarc-tag-ignored" } });
    expect(passing.DMARC.detail).toContain(`p=${policy}`);
    expect(passing.DMARC.detail).toContain(why);
    const code = { reject: "dmarc-reject", quarantine: "dmarc-quarantine", none: "dmarc-fail" }[policy];
    expect((await judged(zone(record, BAD), { raw: unsigned })).DMARC.problem!.code).toBe(`mail/${code}`);
  });
});

describe("what passes", () => {
  it.each<[string, Zone, Partial<AlignmentRequest>, RegExp]>([
    [
      "SPF and DKIM",
      zone("v=DMARC1; p=reject"),
      {},
      /^pass; SPF and DKIM pass, aligned; policy at _dmarc\.example\.com: p=reject/,
    ],
    ["DKIM alone", zone("v=DMARC1; p=reject", BAD), {}, /^pass; by DKIM alone/],
  ])("by %s", async (_, records, request, detail) => {
    const { DMARC } = await judged(records, { raw: signed, require: ["dmarc"], ...request });
    expect(DMARC.status).toBe("passed");
    expect(DMARC.detail).toMatch(detail);
  });

  it("by SPF alone, which forwarding will break", async () => {
    const { DMARC } = await judged(zone("v=DMARC1; p=reject"), { raw: unsigned });
    expect(DMARC.status).toBe("passed");
    expect(DMARC.detail).toMatch(/^pass; by SPF alone; forwarding will break it/);
  });

  it("is a forecast where no message arrived", async () => {
    const { DMARC } = await judged(zone("v=DMARC1; p=reject"));
    expect(DMARC.status).toBe("passed");
    expect(DMARC.detail).toMatch(/^pass, as far as DNS tells; by SPF alone, DKIM is not known/);
  });
});

describe("what fails", () => {
  const failing = (policy: string, request: Partial<AlignmentRequest> = {}) =>
    judged(zone(policy, BAD), { raw: unsigned, ...request });

  it.each([
    ["reject", "failed", "dmarc-reject"],
    ["quarantine", "failed", "dmarc-quarantine"],
    ["none", "warning", "dmarc-fail"],
  ])("with p=%s is %s", async (p, status, code) => {
    const { DMARC } = await failing(`v=DMARC1; p=${p}`);
    expect(DMARC).toMatchObject({ status, problem: { code: `mail/${code}` } });
    expect(DMARC.detail).toMatch(/^fail; neither SPF nor DKIM passes/);
    expect(DMARC.remedy).toMatch(/Let SPF or DKIM pass for example\.com/);
  });

  it("is a warning when the mail demonstrably lies where it is read, unless DMARC is required", async () => {
    const inbox = { junk: false };
    expect((await failing("v=DMARC1; p=reject", inbox)).DMARC).toMatchObject({
      status: "warning",
      problem: { code: "mail/dmarc-fail-arrived" },
    });
    expect((await failing("v=DMARC1; p=reject", { ...inbox, require: ["dmarc"] })).DMARC.status).toBe("failed");
    expect((await failing("v=DMARC1; p=reject", { junk: true })).DMARC.status).toBe("failed");
  });

  it("is the next milder when the policy applies to no message at all", async () => {
    expect((await failing("v=DMARC1; p=reject; pct=0")).DMARC.problem?.code).toBe("mail/dmarc-quarantine");
    expect((await failing("v=DMARC1; p=quarantine; pct=0")).DMARC.problem?.code).toBe("mail/dmarc-fail");
    expect((await failing("v=DMARC1; p=reject; pct=1")).DMARC.detail).toMatch(/pct=1/);
  });

  it("is unknown as long as the address is a guess", async () => {
    const { SPF, DMARC } = await failing("v=DMARC1; p=reject", { sourceIpsDeclared: false });
    expect([SPF.problem?.code, DMARC.status]).toEqual(["mail/spf-guess", "unavailable"]);
  });

  it("is unknown as long as DKIM is", async () => {
    const { DMARC } = await judged(zone("v=DMARC1; p=reject", BAD));
    expect(DMARC).toMatchObject({ status: "unavailable", problem: { code: "mail/dmarc-unknown" } });
    expect((await judged(zone("v=DMARC1; p=reject", BAD), { require: ["dmarc"] })).DMARC.status).toBe("failed");
  });
});

describe("the organizational domain", () => {
  const from = "alerts@mon.example.com";
  const organization = { domain: "example.com", selector: "alerts", privateKey: key.privateKey };
  const org = (policy: string, others: Zone = {}) =>
    zone(policy, BAD, { "mon.example.com": { TXT: [BAD] }, ...others });

  it("lends its policy, and sp= where there is one", async () => {
    const raw = await messageFrom(from);
    expect((await judged(org("v=DMARC1; p=reject"), { from, raw })).DMARC.problem?.code).toBe("mail/dmarc-reject");
    const lenient = await judged(org("v=DMARC1; p=reject; sp=none"), { from, raw });
    expect(lenient.DMARC).toMatchObject({ status: "warning", problem: { code: "mail/dmarc-fail" } });
    expect(lenient.DMARC.detail).toMatch(/p=reject, sp=none/);
    const own = { "_dmarc.mon.example.com": { TXT: ["v=DMARC1; p=quarantine; sp=none"] } };
    const { DMARC } = await judged(org("v=DMARC1; p=reject", own), { from, raw });
    expect(DMARC.problem?.code).toBe("mail/dmarc-quarantine");
  });

  it("lends its signature, unless alignment is strict", async () => {
    const raw = await messageFrom(from, organization);
    expect((await judged(org("v=DMARC1; p=reject"), { from, raw })).DMARC.status).toBe("passed");
    expect((await judged(org("v=DMARC1; p=reject; adkim=s"), { from, raw })).DMARC.status).toBe("failed");
  });

  it("is not one that only shares a public suffix", async () => {
    const records = zone("v=DMARC1; p=reject", BAD, { "_dmarc.other.co.uk": { TXT: ["v=DMARC1; p=reject"] } });
    const raw = await messageFrom("alerts@other.co.uk", { ...organization, domain: "another.co.uk" });
    const withKey = { ...records, "alerts._domainkey.another.co.uk": { TXT: [key.record] } };
    const { DKIM } = await judged(withKey, { from: "alerts@other.co.uk", raw });
    expect(DKIM.detail).toMatch(/pass, not aligned/);
  });
});

describe("a sender that was rewritten on the way", () => {
  it("is the one that is judged, and is a finding", async () => {
    const raw = await messageFrom("Alerts <account@example.net>");
    const records = zone("v=DMARC1; p=reject", BAD, {
      "example.net": { TXT: [GOOD] },
      "_dmarc.example.net": { TXT: ["v=DMARC1; p=reject"] },
    });
    const { SPF, DMARC } = await judged(records, { raw, require: ["spf", "dmarc"] });
    expect(SPF.detail).toMatch(/^pass .* of example\.net/);
    expect(DMARC).toMatchObject({ status: "warning", problem: { code: "mail/from-rewritten" } });
    expect(DMARC.detail).toMatch(/arrived as one from account@example\.net, not from alerts@example\.com/);
  });

  it("is no finding within the same domain", async () => {
    const raw = await messageFrom("other@example.com");
    expect((await judged(zone("v=DMARC1; p=reject"), { raw })).DMARC.status).toBe("passed");
  });

  it.each(["From: a@x.example, b@y.example\r\n", "From: a@x.example\r\nFrom: b@y.example\r\n", "From: nobody\r\n", ""])(
    "is not looked for in %j",
    async (head) => {
      const { SPF } = await judged(zone(undefined), { raw: Buffer.from(`${head}\r\nbody`) });
      expect(SPF.detail).toMatch(/of example\.com/);
    },
  );
});

it("comes to the same result as mailauth where both follow the standard", async () => {
  const policies = [
    "v=DMARC1; p=reject",
    "v=DMARC1; p=quarantine; sp=none; pct=50",
    "v=DMARC1; p=none; aspf=r; adkim=r",
  ];
  for (const policy of policies) {
    for (const spf of [GOOD, BAD]) {
      for (const raw of [signed, unsigned]) {
        const records = zone(policy, spf);
        const { DMARC } = await judged(records, { raw });
        const servers = zoneServers(records);
        const theirs = await dmarc({
          headerFrom: "alerts@example.com",
          spfDomains: spf === GOOD ? ["example.com"] : [],
          dkimDomains: raw === signed ? [{ domain: "example.com" }] : [],
          resolver: (name, type) => servers.ask(name, type as "TXT", new AbortController().signal),
        });
        expect(DMARC.detail).toMatch(new RegExp(`^${theirs && theirs.status.result}`));
      }
    }
  }
});
