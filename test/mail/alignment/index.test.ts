import dgram from "node:dgram";
import dns from "node:dns";
import https from "node:https";
import net from "node:net";
import { nameServers } from "../../../lib/mail/wire/name-servers";
import { startNameServer, type NameServer, type Zone } from "../../support/name-server";
import { judged, rsaKey, signedMessage, zoneServers } from "../../support/sender-zone";

const key = rsaKey();
const zone: Zone = {
  "example.com": { TXT: ["v=spf1 include:_spf.example.net -all"], MX: [{ exchange: "mx.example.com", priority: 10 }] },
  "_spf.example.net": { TXT: ["v=spf1 mx:example.com a:out.example.com -all"] },
  "mx.example.com": { A: ["192.0.2.1"] },
  "out.example.com": { A: ["203.0.113.25"] },
  "alerts._domainkey.example.com": { TXT: [key.record] },
  "_dmarc.example.com": { TXT: ["v=DMARC1; p=reject"] },
};
const with_ = (others: Zone): Zone => ({ ...zone, ...others });

let raw: Buffer;
beforeAll(async () => {
  raw = await signedMessage({ domain: "example.com", selector: "alerts", privateKey: key.privateKey });
});

const statuses = (stages: Awaited<ReturnType<typeof judged>>) => Object.values(stages).map(({ status }) => status);

describe("over the wire", () => {
  let server: NameServer | undefined;
  const serve = async (records: Zone) => nameServers([(server = await startNameServer(records)).address]);
  afterEach(() => server?.close());

  it("judges a sender by a real name server, records over TCP included", async () => {
    const padding = { TXT: [`google-site-verification=${"x".repeat(10_000)}`, "v=spf1 a:out.example.com -all"] };
    const stages = await judged(await serve(with_({ "example.com": padding })), {
      raw,
      require: ["spf", "dkim", "dmarc"],
    });
    expect(statuses(stages)).toEqual(["passed", "passed", "passed"]);
  });

  it("names a name server that fails", async () => {
    const { SPF } = await judged(await serve(with_({ "_spf.example.net": { trouble: "SERVFAIL" } })));
    expect(SPF).toMatchObject({ status: "unavailable", problem: { code: "mail/spf-include-unanswered" } });
    expect(SPF.problem!.summary).toContain(
      `${server!.address} gave no answer for it (TXT _spf.example.net: ESERVFAIL)`,
    );
  });

  it("waits no longer than it has time for a name server that is silent", async () => {
    const servers = await serve({
      "example.com": { trouble: "silence" },
      "alerts._domainkey.example.com": { trouble: "silence" },
      "_dmarc.example.com": { trouble: "silence" },
    });
    const { SPF, DKIM, DMARC } = await judged(servers, { selectors: ["alerts"] }, { timeoutMs: 150 });
    expect(SPF).toMatchObject({ status: "unavailable", problem: { code: "mail/sender-dns-failed" } });
    expect(SPF.detail).toMatch(/TXT example\.com: no answer within \d+ ms/);
    for (const stage of [DKIM, DMARC]) {
      expect(stage.status).toBe("unavailable");
      expect(stage.problem!.code).toMatch(/^mail\/(out-of-time|sender-dns-failed)$/);
    }
  });
});

describe("name servers without an answer", () => {
  it.each<[string, Zone, string[]]>([
    ["for SPF", { "example.com": { trouble: "SERVFAIL" } }, ["unavailable", "passed", "passed"]],
    [
      "for an include, which is not passed over",
      { "_spf.example.net": { trouble: "REFUSED" } },
      ["unavailable", "passed", "passed"],
    ],
    ["for a host", { "out.example.com": { trouble: "SERVFAIL" } }, ["unavailable", "passed", "passed"]],
    ["for the key", { "alerts._domainkey.example.com": { trouble: "SERVFAIL" } }, ["passed", "unavailable", "passed"]],
    ["for the policy", { "_dmarc.example.com": { trouble: "SERVFAIL" } }, ["passed", "passed", "unavailable"]],
  ])("%s leave that one unknown, and the others as they are", async (_, trouble, expected) => {
    const stages = await judged(with_(trouble), { raw });
    expect(statuses(stages)).toEqual(expected);
    const unknown = Object.values(stages).find(({ status }) => status === "unavailable")!;
    const code = expect.stringMatching(/^mail\/(sender-dns-failed|spf-include-unanswered)$/);
    expect(unknown.problem).toMatchObject({ code, severity: "warning" });
    expect(unknown.detail).toMatch(/E?(?:SERVFAIL|REFUSED)/);
    expect(unknown.remedy).toContain("the test's name servers");
  });

  it("fail what is required: to pass is more than not to fail", async () => {
    const { SPF } = await judged(with_({ "example.com": { trouble: "SERVFAIL" } }), { raw, require: ["spf"] });
    expect(SPF).toMatchObject({ status: "failed", problem: { code: "mail/sender-dns-failed", severity: "error" } });
  });

  it("do not make DMARC fail, whatever else does", async () => {
    const trouble = {
      "example.com": { TXT: ["v=spf1 -all"] },
      "alerts._domainkey.example.com": { trouble: "SERVFAIL" },
    } as const;
    const { DMARC } = await judged(with_(trouble), { raw });
    expect(DMARC).toMatchObject({ status: "unavailable", problem: { code: "mail/dmarc-unknown" } });
  });
});

it("stops when it is interrupted, and says so", async () => {
  const interruption = new AbortController();
  const servers = zoneServers({ "example.com": { trouble: "silence" } });
  const running = judged(servers, {}, { signal: interruption.signal });
  while (servers.questions.length === 0) await new Promise((resolve) => setImmediate(resolve));
  interruption.abort(new Error("interrupted"));
  const { SPF, DKIM, DMARC } = await running;
  expect(SPF).toMatchObject({ status: "failed", problem: { code: "mail/interrupted" } });
  expect([DKIM.status, DMARC.status]).toEqual(["skipped", "skipped"]);
});

it("says so when no time is left, without asking anything", async () => {
  const servers = zoneServers(zone);
  const stages = await judged(servers, { raw, require: ["dmarc"] }, { timeoutMs: 0 });
  expect(statuses(stages)).toEqual(["unavailable", "unavailable", "failed"]);
  for (const { problem } of Object.values(stages)) expect(problem?.code).toBe("mail/out-of-time");
  expect(servers.questions).toEqual([]);
});

it("does not ask for names that cannot exist", async () => {
  const servers = zoneServers({ "example.com": { TXT: [`v=spf1 exists:${"a.".repeat(200)}example.com -all`] } });
  expect((await judged(servers)).SPF.problem?.code).toBe("mail/spf-fail");
  expect(servers.questions.filter((question) => question.length > 260)).toEqual([]);
});

it("does not ask without end", async () => {
  const hosts = Array.from({ length: 10 }, (_, index) => `h${index}`);
  const names = (under: string) => hosts.map((host) => ({ exchange: `${host}.${under}`, priority: 1 }));
  const domains = hosts.map((host) => `${host}.example.net`);
  const servers = zoneServers({
    "example.com": { TXT: [`v=spf1 ${domains.map((domain) => `mx:${domain}`).join(" ")} -all`] },
    ...Object.fromEntries(domains.map((domain) => [domain, { MX: names(domain) }])),
    ...Object.fromEntries(
      domains.flatMap((domain) => names(domain).map(({ exchange }) => [exchange, { A: ["192.0.2.1"] }])),
    ),
  });
  const { SPF } = await judged(servers);
  expect(SPF.detail).toMatch(/64 questions were asked before/);
  expect(servers.questions).toHaveLength(64);
});

describe("what the receiving server says of it", () => {
  const says = (...authenticationResults: string[]) => ({ raw, authenticationResults });

  it("is put beside what was found here", async () => {
    const { SPF, DKIM, DMARC } = await judged(zone, says("mx.example.net; spf=pass; dkim=pass; dmarc=pass"));
    expect([SPF.status, DKIM.status, DMARC.status]).toEqual(["passed", "passed", "passed"]);
    expect(SPF.detail).toMatch(/; mx\.example\.net agrees \(spf=pass\)$/);
    expect(DMARC.detail).toMatch(/agrees \(dmarc=pass\)$/);
  });

  it("warns where it disagrees, and explains why it may", async () => {
    const { SPF, DKIM, DMARC } = await judged(zone, says("mx.example.net; spf=softfail; dkim=fail; dmarc=fail"));
    for (const stage of [SPF, DKIM, DMARC]) {
      expect(stage).toMatchObject({ status: "warning", problem: { code: "mail/receiver-disagrees" } });
      expect(stage.remedy).toMatch(/^Believe the receiving server/);
    }
    expect(SPF.detail).toMatch(/disagrees \(spf=softfail\): it saw the mail come from another address/);
    expect(DKIM.detail).toMatch(
      /disagrees \(dkim=fail\): its name servers know another key, or the message was changed/,
    );
  });

  it("does not hide what fails here", async () => {
    const { SPF } = await judged(with_({ "example.com": { TXT: ["v=spf1 -all"] } }), says("mx.example.net; spf=pass"));
    expect(SPF).toMatchObject({ status: "warning", problem: { code: "mail/spf-fail" } });
    expect(SPF.detail).toMatch(/mx\.example\.net disagrees \(spf=pass\)/);
  });

  it("may fail in another way", async () => {
    const { SPF } = await judged(
      with_({ "example.com": { TXT: ["v=spf1 ~all"] } }),
      says("mx.example.net; spf=hardfail"),
    );
    expect(SPF.problem?.code).toBe("mail/spf-softfail");
    expect(SPF.detail).toMatch(/; mx\.example\.net says spf=fail$/);
  });

  it("is no disagreement where the name servers gave no answer", async () => {
    const { SPF } = await judged(with_({ "example.com": { trouble: "SERVFAIL" } }), says("mx.example.net; spf=pass"));
    expect(SPF.detail).toMatch(/; mx\.example\.net says spf=pass$/);
  });

  it("is quoted where nothing is known here", async () => {
    const guess = { sourceIps: ["127.0.0.1"], sourceIpsDeclared: false };
    const { SPF } = await judged(zone, { ...says("mx.example.net; spf=pass"), ...guess });
    expect(SPF.status).toBe("unavailable");
    expect(SPF.detail).toMatch(/; mx\.example\.net says spf=pass$/);
  });

  it("counts a message as signed when one signature of several passes there", async () => {
    const { DKIM } = await judged(zone, says("mx.example.net; dkim=fail header.d=x; dkim=pass header.d=example.com"));
    expect(DKIM.status).toBe("passed");
  });
});

it("speaks to nobody but the name servers it is given, and to those by way of its caller", async () => {
  // Default imports: what is replaced there is replaced for everybody.
  const spies = [
    jest.spyOn(net.Socket.prototype, "connect"),
    jest.spyOn(dgram, "createSocket"),
    jest.spyOn(https, "get"),
    jest.spyOn(https, "request"),
    jest.spyOn(globalThis, "fetch"),
    jest.spyOn(dns, "lookup"),
    jest.spyOn(dns.promises, "lookup"),
    jest.spyOn(dns.promises, "resolve"),
    jest.spyOn(dns.promises, "resolveTxt"),
    jest.spyOn(dns.promises.Resolver.prototype, "resolve"),
  ];
  // Records that make mailauth fetch when all of it is in use: a logo (BIMI), a policy over HTTPS (MTA-STS).
  const tempting = with_({
    "default._bimi.example.com": { TXT: ["v=BIMI1; l=https://example.com/logo.svg; a=https://example.com/logo.pem"] },
    "_mta-sts.example.com": { TXT: ["v=STSv1; id=1"] },
  });
  const servers = zoneServers(tempting);
  await judged(servers, { raw, authenticationResults: ["mx; spf=pass"] });
  for (const spy of spies) {
    expect(spy).not.toHaveBeenCalled();
    spy.mockRestore();
  }
  expect(servers.questions.length).toBeGreaterThan(5);
  expect(servers.questions.join()).not.toMatch(/_bimi|_mta-sts/);
});

it("takes an international domain by the name DNS has for it", async () => {
  const servers = zoneServers({ "xn--bcher-kva.example": { TXT: ["v=spf1 ip4:203.0.113.25 -all"] } });
  expect((await judged(servers, { from: "alerts@Bücher.example" })).SPF.status).toBe("passed");
});
