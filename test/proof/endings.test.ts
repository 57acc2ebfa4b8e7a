import { endingSentence, inOrder, type Ending } from "../../lib/proof/ending";
import { endingFindings } from "../../lib/proof/findings";
import { endingsOfProof } from "../../lib/proof/of-proof";
import { endingsOfRecords } from "../../lib/proof/of-records";
import { endingsOfSystems } from "../../lib/proof/of-systems";
import type { ChainProof, Proof } from "../../lib/proof/proof";
import type { PublishedRecord } from "../../lib/mail/alignment/sender-records";
import type { SystemReport } from "../../lib/survey/report";

const NOW = Date.parse("2026-11-29T07:00:00Z");
const DAY_MS = 86_400_000;
const SIGHT = { now: NOW, until: NOW + 30 * DAY_MS };
const inDays = (days: number) => new Date(NOW + days * DAY_MS).toISOString();

const chain = (more: Partial<ChainProof> = {}): ChainProof => ({
  address: "outbound_test_email.test",
  how: "probe",
  state: "through",
  server: "smtp.example.com:587",
  verdict: "accepted",
  stages: [],
  receivers: [],
  certificates: [],
  leftOut: [],
  ...more,
});
const proof = (...chains: ChainProof[]): Proof => ({ mode: "probe", chains });
const certificate = (days: number, own = true) => ({
  server: "smtp.example.com:587",
  own,
  name: own ? "CN=smtp.example.com" : "CN=R11",
  from: inDays(-60),
  until: inDays(days),
});
const states = (endings: readonly Ending[]) => endings.map(({ kind, state }) => [kind, state]);

describe("what ends on the way of the mail", () => {
  it.each([
    [-1, "ended"],
    [29, "near"],
    [31, "later"],
  ])("a certificate with %i days is %s", (days, state) => {
    expect(states(endingsOfProof(proof(chain({ certificates: [certificate(days)] })), SIGHT))).toEqual([
      ["certificate", state],
    ]);
  });

  it("an authority of the chain by itself, before the certificate", () => {
    const seen = [certificate(80), certificate(10, false)];
    const endings = inOrder(endingsOfProof(proof(chain({ certificates: seen })), SIGHT));
    expect(states(endings)).toEqual([
      ["authority", "near"],
      ["certificate", "later"],
    ]);
    expect(endingSentence(endings[0]!, NOW)).toBe(
      "authority CN=R11 behind the certificate of smtp.example.com:587 ends in 10 days, on 2026-12-09",
    );
  });

  it("one server of two chains once, with both addresses", () => {
    const both = [
      chain({ certificates: [certificate(10)] }),
      chain({ address: "b.b", certificates: [certificate(10)] }),
    ];
    const [only, ...others] = inOrder(endingsOfProof(proof(...both), SIGHT));
    expect(others).toEqual([]);
    expect(only!.paths).toEqual(["b.b", "outbound_test_email.test"]);
  });

  it("logins by password at Microsoft 365, and no others", () => {
    const of = (server: string, login?: "password" | "token") =>
      endingsOfProof(proof(chain({ server, ...(login && { login }) })), { now: NOW, until: NOW + 40 * DAY_MS });
    expect(states(of("smtp.office365.com:587", "password"))).toEqual([["authentication", "near"]]);
    expect(of("smtp.office365.com:587", "token")).toEqual([]);
    expect(of("smtp.office365.com:587")).toEqual([]);
    expect(of("smtp.example.com:587", "password")).toEqual([]);
  });

  it("a rule of the receivers' domain that forbids what is used", () => {
    const rules = [
      { kind: "MTA-STS", name: "_mta-sts.example.com", state: "forbidden", reason: "it demands encryption" },
      { kind: "TLSA", name: "_25._tcp.mx.example.com", state: "kept" },
    ] as const;
    const [ending, ...others] = endingsOfProof(proof(chain({ rules })), SIGHT);
    expect([ending!.state, others]).toEqual(["forbidden", []]);
    expect(endingSentence(ending!, NOW)).toBe(
      "MTA-STS at _mta-sts.example.com, for smtp.example.com:587 forbids what is used: it demands encryption",
    );
  });

  it("is unknown where nobody could look", () => {
    const [one] = endingsOfProof(proof(chain({ state: "unknown", verdict: "SMTP_PASSWORD is not set" })), SIGHT);
    expect(one).toMatchObject({ state: "unknown", reason: "SMTP_PASSWORD is not set" });
  });
});

describe("what ends at a system", () => {
  const report = (more: Partial<SystemReport> = {}): SystemReport => ({
    system: "ovh",
    title: "OVHcloud API",
    provider: "outbound",
    state: "nothing wrong",
    version: { unknown: "-" },
    edition: { unknown: "-" },
    account: { value: "ab1234-ovh" },
    until: { unknown: "the credential tells no end" },
    renewed: false,
    rights: [],
    objects: [],
    answers: [],
    findings: [],
    certificate: { host: "eu.api.ovh.com", issuer: "CN=R11", until: inDays(80), authorities: [] },
    ...more,
  });

  it("a login with a date, and a certificate", () => {
    expect(states(endingsOfSystems([report({ until: { value: inDays(3) } })], SIGHT))).toEqual([
      ["certificate", "later"],
      ["login", "near"],
    ]);
  });

  it("a login of which nobody tells is no failure; one that could not be asked is", () => {
    expect(states(endingsOfSystems([report()], SIGHT))[1]).toEqual(["login", "untold"]);
    expect(states(endingsOfSystems([report({ state: "wrong" })], SIGHT))[1]).toEqual(["login", "unknown"]);
  });

  it("an authority behind it, by itself", () => {
    const certificate = { ...report().certificate!, authorities: [{ name: "R11", until: inDays(9) }] };
    expect(states(endingsOfSystems([report({ certificate })], SIGHT))).toEqual([
      ["certificate", "later"],
      ["authority", "near"],
      ["login", "untold"],
    ]);
  });

  it("no session that each run makes anew", () => {
    const session = report({ until: { value: inDays(0.2) }, renewed: true });
    expect(states(endingsOfSystems([session], SIGHT))).toEqual([["certificate", "later"]]);
  });

  it("a system that does not answer is unknown, with its reason", () => {
    const { certificate: _, ...silent } = report({ state: "wrong", address: "https://vrops.example.com" });
    const finding = { code: "x", severity: "error" as const, summary: "nobody listens there", fix: "" };
    const [first] = endingsOfSystems([{ ...silent, findings: [finding] }], SIGHT);
    expect(first).toMatchObject({ state: "unknown", reason: "nobody listens there" });
  });

  it("nothing without an API, or where nobody said where it is", () => {
    expect(endingsOfSystems([report({ state: "no API" }), report({ state: "not configured" })], SIGHT)).toEqual([]);
  });
});

describe("what the sender's domain publishes", () => {
  const spf = (value: string | null): PublishedRecord => ({ kind: "SPF", name: "example.com", value });
  const key = (value: string | null): PublishedRecord => ({
    kind: "DKIM key",
    name: "mail._domainkey.example.com",
    value,
  });
  const told = (now: PublishedRecord, before?: PublishedRecord) =>
    endingsOfRecords(proof(chain({ records: [now] })), before && proof(chain({ records: [before] }))).map(
      ({ state }) => state,
    );

  it("gone, changed, the same", () => {
    expect(told(spf(null), spf("v=spf1 -all"))).toEqual(["ended"]);
    expect(told(spf("v=spf1 -all"), spf("v=spf1 mx -all"))).toEqual(["changed"]);
    expect(told(spf("v=spf1 -all"), spf("v=spf1 -all"))).toEqual([]);
    expect(told(key(null), key("sha256:1"))).toEqual(["ended"]);
    expect(told(key("sha256:2"), key("sha256:1"))).toEqual(["changed"]);
  });

  it("without an earlier proof: a declared selector without a key is missing, a domain without SPF is none of our business", () => {
    expect(told(key(null))).toEqual(["ended"]);
    expect(told(spf(null))).toEqual([]);
    expect(told(spf("v=spf1 -all"))).toEqual([]);
  });

  it("is only said to be untold where nobody answers, and there is nothing to hold it against", () => {
    expect(told({ ...spf(null), unknown: "TXT example.com: ETIMEOUT" })).toEqual(["untold"]);
    expect(told({ ...key(null), unknown: "TXT mail: ETIMEOUT" })).toEqual(["unknown"]);
  });

  it("is unknown where no name server answered, and does not call that a change the time after", () => {
    expect(told({ ...spf(null), unknown: "TXT example.com: ETIMEOUT" }, spf("v=spf1 -all"))).toEqual(["unknown"]);
    expect(told(spf("v=spf1 -all"), { ...spf(null), unknown: "TXT example.com: ETIMEOUT" })).toEqual([]);
  });
});

it("findings: what has ended is an error, what is near a warning, the rest is to be known", () => {
  const endings = endingsOfProof(
    proof(chain({ certificates: [certificate(-1), certificate(5), certificate(99)] })),
    SIGHT,
  );
  expect(endingFindings({ until: inDays(30), endings }, NOW).map(({ severity }) => severity)).toEqual([
    "error",
    "warning",
    "note",
  ]);
});
