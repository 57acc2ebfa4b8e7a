import type { Target } from "../../../../lib/mail";
import { probed } from "../../../support/diagnosed";
import type { Zone } from "../../../support/name-server";

const HOST = "smtp.example.com";
const zone = (entry: Zone[string]): Zone => ({ [HOST]: entry, "example.com": { A: ["127.0.0.1"] } });

async function resolved(entry: Zone[string], target: Partial<Target> = {}) {
  // Port 9 of these addresses is never asked: what matters is over by then.
  const { stage, questions } = await probed({
    zone: zone(entry),
    target: { host: HOST, to: [], timeoutMs: 2_000, ...target },
  });
  return { ...stage("DNS"), questions };
}

it("lists the addresses of both kinds, as the declared name servers tell them", async () => {
  const stage = await resolved({ A: ["127.0.0.1", "127.0.0.2"], AAAA: ["::1"] });
  expect(stage).toMatchObject({ status: "passed", detail: `${HOST}: A 127.0.0.1, 127.0.0.2; AAAA ::1` });
  expect([...stage.questions].sort()).toEqual([`A ${HOST}`, `AAAA ${HOST}`]);
});

it("says so when there are none of a kind, which is no fault", async () => {
  const stage = await resolved({ A: ["127.0.0.1"] });
  expect(stage).toMatchObject({ status: "passed", detail: `${HOST}: A 127.0.0.1; AAAA none` });
});

it("goes on with one kind when the name servers do not answer for the other, and warns", async () => {
  const stage = await resolved({ A: ["127.0.0.1"], trouble: "SERVFAIL", troubleWith: "AAAA" });
  expect(stage).toMatchObject({
    status: "warning",
    detail: `${HOST}: A 127.0.0.1; AAAA unanswered`,
    problem: { code: "mail/address-kind-unanswered", evidence: "ESERVFAIL" },
  });
});

it("fails when there is no answer at all, rather than to say that there is no such name", async () => {
  const stage = await resolved({ trouble: "SERVFAIL" });
  expect(stage).toMatchObject({ status: "failed", problem: { code: "mail/resolver-failed", evidence: "ESERVFAIL" } });
});

it("gives up on name servers that stay silent, within the time for all stages", async () => {
  const stage = await resolved({ trouble: "silence" }, { timeoutMs: 300 });
  expect(stage.status).toBe("failed");
});

it("follows an alias", async () => {
  const { stage } = await probed({
    zone: { [HOST]: { CNAME: "relay.example.net" }, "relay.example.net": { A: ["127.0.0.1"] } },
    target: { host: HOST, to: [] },
  });
  expect(stage("DNS")).toMatchObject({ status: "passed", detail: `${HOST}: A 127.0.0.1; AAAA none` });
});

describe("a name without an address", () => {
  it("is a mail domain when it has mail exchangers, which are named in their order", async () => {
    const stage = await resolved({
      MX: [
        { exchange: "backup.example.net", priority: 20 },
        { exchange: "mx.example.net", priority: 10 },
      ],
    });
    expect(stage.problem).toMatchObject({ code: "mail/host-is-mail-domain", severity: "error" });
    expect(stage.remedy).toContain("(mx.example.net, backup.example.net)");
  });

  it.each([
    ["has no records of use", { TXT: ["x"] }],
    ["takes no mail", { MX: [{ exchange: "", priority: 0 }] }],
  ])("does not resolve when it %s", async (_, entry) => {
    expect((await resolved(entry)).problem).toMatchObject({ code: "mail/no-such-host", evidence: "ENODATA" });
  });

  it("does not resolve when it does not exist", async () => {
    const { stage } = await probed({ zone: {}, target: { host: HOST, to: [] } });
    expect(stage("DNS").problem).toMatchObject({ code: "mail/no-such-host", evidence: "ENOTFOUND" });
  });
});

it("tries no more addresses than an honest name has", async () => {
  const many = Array.from({ length: 40 }, (_, index) => `127.0.1.${index + 1}`);
  const stage = await resolved({ A: many });
  expect(stage.detail).toContain("only the first 16 of 40 are tried");
  expect(stage.detail).not.toContain("127.0.1.17");
});

describe("declared flows", () => {
  // Addresses for documentation: nothing answers there, and nobody has to wait for it.
  const away = { A: ["192.0.2.1", "192.0.2.2"], AAAA: ["2001:db8::25"] };
  const all = ["192.0.2.1:587", "192.0.2.2:587", "[2001:0db8:0::0025]:587"];
  const flows = (declaredFlows: readonly string[]) => resolved(away, { port: 587, timeoutMs: 1_000, declaredFlows });

  it("are told address by address, in any spelling", async () => {
    const stage = await flows(all);
    expect(stage.status).toBe("passed");
    expect(stage.detail).toMatch(/; flow declared for 192\.0\.2\.1:587, 192\.0\.2\.2:587, \[2001:db8::25\]:587$/);
  });

  it("warn of the address that none of them covers", async () => {
    const stage = await flows([all[0]!, all[2]!]);
    expect(stage).toMatchObject({ status: "warning", problem: { code: "mail/address-without-flow" } });
    expect(stage.detail).toMatch(/; no flow declared for 192\.0\.2\.2:587$/);
    expect(stage.remedy).toContain("192.0.2.2:587");
  });

  it("are named when they lead to no address of the host", async () => {
    const stage = await flows([...all, "192.0.2.9:587", "192.0.2.1:25"]);
    expect(stage.status).toBe("passed");
    expect(stage.detail).toContain("the flow for 192.0.2.9:587, 192.0.2.1:25 leads to none of them");
  });

  it("do not matter to addresses of this machine", async () => {
    const stage = await resolved({ A: ["127.0.0.1"] }, { declaredFlows: ["192.0.2.9:587"] });
    expect(stage).toMatchObject({ status: "passed", detail: `${HOST}: A 127.0.0.1; AAAA none` });
  });
});
