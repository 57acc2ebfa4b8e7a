import { startSandbox } from "../../lib/sandbox";
import type { SystemReport } from "../../lib/survey/report";
import { surveyed, systemNamed } from "./support/surveyed";

// Releases and editions as the sandbox can be them: what is said of each, and what is not known of it.

const SERVICE = "pcc-192-0-2-10";
const OUTGOING = "/dedicatedCloud/*/vrops/outgoingFlow";

async function lookedAt(name: string, options: object, environment: Record<string, string> = {}) {
  const sandbox = await startSandbox({ systems: [systemNamed(name)], options: { [name]: options }, seed: 3 });
  try {
    return await surveyed(name, {
      environment: { ...sandbox.environment(), ...environment },
      places: name === "ovh" ? [SERVICE] : [],
    });
  } finally {
    await sandbox.close();
  }
}

const right = ({ rights }: SystemReport, name: string) => rights.find((one) => one.right === name);
const objects = ({ objects: all }: SystemReport) => Object.fromEntries(all.map(({ kind, ...is }) => [kind, is]));
const codes = ({ findings }: SystemReport) => findings.map(({ code }) => code);
const verdictOf = ({ answers }: SystemReport, subject: string) =>
  answers.find((answer) => answer.subject === subject)?.verdict;

describe("vROps", () => {
  it.each([
    ["8.10", /^8\.10/],
    ["8.18.3", /^8\.18\.3/],
    ["9.0", /^9\.0/],
    ["9.1", /^9\.1/],
  ])("of release %s is told as it names itself", async (version, told) => {
    const report = await lookedAt("vrops", { version });
    expect(report).toMatchObject({ state: "nothing wrong", version: { value: expect.stringMatching(told) } });
    expect(report.edition).toMatchObject({ value: expect.stringMatching(/\w/) });
  });

  it.each([
    { credentials: "objects", version: "9.0" },
    { credentials: "objects-untold", version: "9.1" },
    { certificates: "guid" },
    { certificates: "guid-details" },
    { ruleProperties: "described" },
    { listsSources: false },
    { secretReadBack: "masked" },
    { authSources: [{ name: "corp", type: "ACTIVE_DIRECTORY" }], userSource: "corp" },
  ])("%j has nothing that the contract does not expect", async (options) => {
    const report = await lookedAt("vrops", options);
    expect(report.answers.flatMap(({ deviations }) => deviations)).toEqual([]);
    expect([report.state, codes(report)]).toEqual(["nothing wrong", []]);
  });
});

describe("UiPath", () => {
  it.each([
    ["suite", "Automation Suite"],
    ["standalone", "standalone Orchestrator"],
  ])("of the edition %s is told so", async (edition, told) => {
    const report = await lookedAt("uipath", { edition });
    expect(report).toMatchObject({ state: "nothing wrong", edition: { value: told } });
  });

  it("tells the versions of its API, or that nobody knows them", async () => {
    expect((await lookedAt("uipath", { apiVersion: 15 })).version).toMatchObject({
      value: expect.stringMatching(/\b15/),
    });
    expect((await lookedAt("uipath", { showVersion: false })).version).toMatchObject({
      unknown: expect.stringContaining("api-supported-versions"),
    });
  });

  it.each([
    { edition: "suite", identityAt: "host" },
    { edition: "suite", identityAt: "host", identityElsewhere: "page" },
    { edition: "standalone", identityAt: "both" },
    { edition: "suite", updateBulk: false },
    { edition: "suite", tenantMail: "absent", apiVersion: 15 },
    { edition: "standalone", login: "account" },
    { edition: "suite", bareAccounts: true },
  ])("%j has nothing that the contract does not expect", async (options) => {
    const report = await lookedAt("uipath", options);
    expect(report.answers.flatMap(({ deviations }) => deviations)).toEqual([]);
    expect([report.state, codes(report)]).toEqual(["nothing wrong", []]);
  });

  it("is told as missing the right to an organization's mail where only the host administrator has it", async () => {
    const report = await lookedAt("uipath", { edition: "suite", partitionNeedsHost: true });
    expect(right(report, "PM.Setting")).toMatchObject({ state: "missing" });
    expect(objects(report)["mail settings of the organization"]).toMatchObject({ unknown: expect.any(String) });
  });

  it("is told as missing the scopes that the application lacks", async () => {
    const report = await lookedAt("uipath", { scopes: "OR.Settings" });
    expect(["OR.Settings", "OR.Webhooks", "PM.Setting"].map((name) => right(report, name)?.state)).toEqual([
      "granted",
      "missing",
      "missing",
    ]);
    expect(objects(report)["webhooks"]).toMatchObject({ unknown: expect.any(String) });
  });
});

describe("OVHcloud", () => {
  it("tells the end of a consumer key, and warns of one that is near", async () => {
    const near = await lookedAt("ovh", { consumerKeySeconds: 5 * 86_400 });
    expect(Date.parse((near.until as { value: string }).value)).toBeGreaterThan(Date.now());
    expect([near.state, codes(near)]).toEqual(["nothing wrong", ["doctor/login-ends"]]);
    const far = await lookedAt("ovh", { consumerKeySeconds: 200 * 86_400 });
    expect([far.state, codes(far)]).toEqual(["nothing wrong", []]);
  });

  it("tells which rights a consumer key lacks, by its own rules", async () => {
    const access_rules = ["GET /auth/currentCredential", "GET /dedicatedCloud/*"];
    const report = await lookedAt("ovh", { access_rules });
    expect(report.state).toBe("wrong");
    expect(right(report, `POST ${OUTGOING}`)).toMatchObject({ state: "missing" });
    expect(right(report, `GET ${OUTGOING}`)).toMatchObject({ state: "granted" });
  });

  it("does not know the rights and the end of a key that may not ask for them", async () => {
    const access_rules = ["GET /dedicatedCloud/*"];
    const report = await lookedAt("ovh", { access_rules, ownCredential: "by-rule" });
    expect(verdictOf(report, "own credential")).toBe("absent");
    expect(right(report, "GET /auth/currentCredential")?.state).not.toBe("granted");
    expect(right(report, `POST ${OUTGOING}`)).toMatchObject({ state: "unknown", reason: expect.stringMatching(/\w/) });
    expect(report.until).toMatchObject({ unknown: expect.stringMatching(/\w/) });
  });
});

describe("AlertOps and Uptrends", () => {
  it.each([
    { list: "summary" },
    { tellsUrl: true },
    { mapping: "hidden" },
    { throttleEvery: 0, showsTemplateMapping: true },
  ])("AlertOps %j has nothing that the contract does not expect", async (options) => {
    const report = await lookedAt("alertops", options);
    expect([report.state, codes(report)]).toEqual(["nothing wrong", []]);
    expect(objects(report)["inbound integrations"]).toMatchObject({ count: 1 });
  });

  it("does not take a list that AlertOps lacks for an empty one", async () => {
    const report = await lookedAt("alertops", { list: "none" });
    expect(objects(report)["inbound integrations"]).toMatchObject({ unknown: expect.stringMatching(/\w/) });
  });

  it("counts the members of definitions and levels of Uptrends", async () => {
    const sandbox = await startSandbox({ systems: [systemNamed("uptrends")], seed: 3 });
    try {
      const environment = sandbox.environment();
      const authorization = `Basic ${Buffer.from(
        `${environment["UPTRENDS_USERNAME"]}:${environment["UPTRENDS_PASSWORD"]}`,
      ).toString("base64")}`;
      const made = await fetch(`${environment["UPTRENDS_URL"]}/AlertDefinition`, {
        method: "POST",
        headers: { authorization, "content-type": "application/json" },
        body: JSON.stringify({ AlertName: "Prod", IsActive: true }),
      });
      const { AlertDefinitionGuid: id } = (await made.json()) as { AlertDefinitionGuid: string };
      await sandbox.intervene("uptrends", "add-member", { id, kind: "monitor_group", name: "Production" });
      await sandbox.intervene("uptrends", "add-member", { id: `${id}/1`, kind: "operator_group", name: "NOC" });
      const report = await surveyed("uptrends", { environment });
      expect(report.answers.flatMap(({ deviations }) => deviations)).toEqual([]);
      expect(objects(report)).toMatchObject({
        "alert definitions": { count: 1 },
        "members of alert definitions": { count: 1 },
        "members of escalation levels": { count: 1 },
      });
    } finally {
      await sandbox.close();
    }
  });
});
