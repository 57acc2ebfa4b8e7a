import { domainsOf } from "../../../../lib/mail/diagnosis/stages/mail-domains";
import { probed } from "../../../support/diagnosed";
import type { Zone } from "../../../support/name-server";

const to = ["oncall@example.com"];
const host = { host: "smtp.example.net" };
const own: Zone = { "smtp.example.net": { A: ["127.0.0.1"] } };

async function looked(zone: Zone, receivers = to) {
  const diagnosed = await probed({ zone: { ...own, ...zone }, target: { ...host, to: receivers } });
  return { ...diagnosed, mx: diagnosed.stage("MX example.com") };
}

it("lists mail exchangers by preference, with their addresses", async () => {
  const { mx } = await looked({
    "example.com": {
      MX: [
        { exchange: "mx2.example.com", priority: 20 },
        { exchange: "mx1.example.com", priority: 10 },
      ],
    },
    "mx1.example.com": { A: ["192.0.2.1"], AAAA: ["2001:db8::1"] },
    "mx2.example.com": { A: ["192.0.2.2"] },
  });
  expect(mx).toMatchObject({
    status: "passed",
    detail: "10 mx1.example.com (192.0.2.1, 2001:db8::1), 20 mx2.example.com (192.0.2.2)",
  });
});

it("falls back to the domain's own address where there are none", async () => {
  const { mx } = await looked({ "example.com": { A: ["192.0.2.7"] } });
  expect(mx).toMatchObject({
    status: "passed",
    detail: expect.stringContaining("address of example.com itself (192.0.2.7)"),
  });
});

it.each<[string, Zone, string]>([
  ["a domain that declares to take no mail", { "example.com": { MX: [{ exchange: "", priority: 0 }] } }, "null-mx"],
  ["a domain that does not exist", {}, "no-such-mail-domain"],
  ["a domain with neither exchangers nor address", { "example.com": { TXT: ["x"] } }, "domain-takes-no-mail"],
  [
    "an exchanger without address",
    { "example.com": { MX: [{ exchange: "gone.example.com", priority: 10 }] } },
    "mx-without-address",
  ],
  [
    "an exchanger that is an address",
    { "example.com": { MX: [{ exchange: "192.0.2.1", priority: 10 }] } },
    "mx-without-address",
  ],
  ["name servers that fail", { "example.com": { trouble: "SERVFAIL" } }, "mx-unanswered"],
])("warns of %s, and goes on", async (_, zone, code) => {
  const { mx, stage } = await looked(zone);
  expect(mx).toMatchObject({ status: "warning", problem: { code: `mail/${code}`, severity: "warning" } });
  expect(mx.remedy).toBeTruthy();
  expect(mx.detail).toContain("example.com");
  expect(stage("TCP")).toBeDefined();
});

it("is asked once for each domain, and not without name servers or an interest in the sender", async () => {
  const { questions } = await looked({ "example.com": { A: ["192.0.2.7"] } }, ["a@example.com", "b@EXAMPLE.com"]);
  expect(questions.filter((question) => question === "MX example.com")).toHaveLength(1);
  const { outcome } = await probed({ target: { to } });
  expect(outcome.stages.filter(({ name }) => name.startsWith("MX "))).toEqual([]);
});

it("is skipped when the host has no address", async () => {
  const { stage } = await probed({ zone: {}, target: { host: "smtp.example.net", to } });
  expect(stage("MX example.com")).toMatchObject({ status: "skipped", detail: "not reached: DNS failed" });
});

it("leaves out address literals, and does not go through a long list of domains", () => {
  const receivers = ["a@[192.0.2.1]", ...Array.from({ length: 20 }, (_, index) => `a@${index}.example.com`)];
  expect(domainsOf(receivers)).toEqual([0, 1, 2, 3, 4].map((index) => `${index}.example.com`));
});
