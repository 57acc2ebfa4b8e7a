import { ProblemError, type Problem } from "../../../lib/core/problem";
import type { Bound } from "../../../lib/terraform-plugin/provider";
import type { DataSource } from "../../../lib/terraform-plugin/resource";
import { defineSchema, nestedObject, number, string } from "../../../lib/terraform-plugin/schema";
import { timeouts } from "../../../lib/terraform-plugin/timeouts";
import type { ValueObject } from "../../../lib/terraform-plugin/values";
import { only } from "../lab";
import { back, BROKEN, described, providerLab, wire } from "../provider-lab";

const schema = defineSchema({
  type: "lab_gauge",
  description: "…",
  attributes: {
    place: string("required", { ...described, equal: (a, b) => a.toLowerCase() === b.toLowerCase() }),
    unit: string("optional", { ...described, default: "K" }),
    key: string("optional", { ...described, sensitive: true }),
    at: nestedObject({ height: number("optional", { ...described, default: 1 }) }, "optional", described),
    value: number("computed", described),
    timeouts: timeouts({ read: "1m" }),
  },
});
type Asked = DataSource<typeof schema>["read"];
const config: ValueObject = { place: "Hall", unit: null, key: null, at: { height: null }, value: null, timeouts: null };
const measured: Asked = async (declared) => ({ ...declared, value: 280 });
const problem: Problem = { code: "lab/x", severity: "error", summary: "The lab refused", fix: "Ask." };

describe.each([
  ["ReadDataSource", "read", "dataSources", "state"],
  ["OpenEphemeralResource", "open", "ephemeralResources", "result"],
] as const)("%s", (rpc, verb, kind, member) => {
  async function ask(
    handler: Asked,
    given: object = wire(schema, config),
    connection: Partial<Bound<never, never>> = {},
  ) {
    const client = async () => "the client";
    const lab = providerLab({ [kind]: [{ handler: { schema, [verb]: handler }, client, ...connection }] });
    const answer = await lab.ask(rpc, { type_name: schema.type, config: given });
    return { ...answer, has: member in answer, value: back(schema, answer[member]) };
  }

  it("refused by the handler gives nothing, and says why", async () => {
    const { has, diagnostics } = await ask(() => Promise.reject(new ProblemError(problem)));
    expect(has).toBe(false);
    expect(only(diagnostics)).toContain("The lab refused");
  });

  it("failing by a mistake of the handler's own says what it was doing, and no secret", async () => {
    const { has, diagnostics } = await ask(
      async ({ key }) => Promise.reject(new TypeError(`no ${key}`)),
      wire(schema, { ...config, key: "hunter2-hunter2" }),
    );
    expect(has).toBe(false);
    expect(only(diagnostics)).toContain("The provider failed to read lab_gauge");
    expect(only(diagnostics)).not.toContain("hunter2");
  });

  it("asks nobody where settings are missing, or the configuration is none", async () => {
    let asked = 0;
    const handler: Asked = async (declared) => (asked++, declared);
    const client = () => Promise.reject(new ProblemError({ ...problem, summary: "No URL" }));
    expect(only((await ask(handler, undefined, { client })).diagnostics)).toContain("No URL");
    expect((await ask(handler, BROKEN)).diagnostics).toMatchObject([{ severity: "ERROR" }]);
    expect(asked).toBe(0);
  });

  it("ends within the time that the configuration names", async () => {
    const handler: Asked = (_, { signal }) =>
      new Promise((_resolve, reject) => signal.addEventListener("abort", () => reject(signal.reason as Error)));
    const { diagnostics } = await ask(handler, wire(schema, { ...config, timeouts: { read: "5ms" } }));
    expect(only(diagnostics)).toContain("It took too long to read lab_gauge");
  });

  it("of a type that there is none of is refused", async () => {
    const { ask: askNobody } = providerLab({});
    await expect(askNobody(rpc, { type_name: "lab_nothing", config: null })).rejects.toMatchObject({
      problems: [{ code: "terraform/unknown-type" }],
    });
  });

  it("hands the handler its configuration with defaults filled in, and its client", async () => {
    const seen: unknown[] = [];
    await ask(async (declared, { client }) => (seen.push(declared, client), { ...declared, value: 1 }));
    expect(seen).toEqual([{ ...config, unit: "K", at: { height: 1 } }, "the client"]);
  });

  it("gives what was declared in the spelling of the configuration, and what was found", async () => {
    const { value, diagnostics } = await ask(async (declared) => ({ ...declared, place: "HALL", value: 280 }));
    expect(diagnostics).toEqual([]);
    expect(value).toEqual({ ...config, unit: "K", at: { height: 1 }, value: 280 });
  });

  it("comes with what the handler reports, and with what the answers have shown", async () => {
    const warning = (summary: string): Problem => ({ ...problem, severity: "warning", summary });
    const { has, diagnostics } = await ask(
      async (declared, context) => (context.report(warning("Old")), measured(declared, context)),
      undefined,
      { answered: () => [warning("Soon over")] },
    );
    expect(has).toBe(true);
    expect(diagnostics.map(({ summary }) => summary)).toEqual(["Old", "Soon over"]);
  });
});

describe("what was opened", () => {
  const { ask, service } = providerLab({
    ephemeralResources: [{ handler: { schema, open: measured }, client: async () => undefined }],
  });

  it("needs no renewal, so that none is offered", async () => {
    const answer = await ask("OpenEphemeralResource", { type_name: schema.type, config: wire(schema, config) });
    expect(answer["renew_at"]).toBeUndefined();
    expect(service.RenewEphemeralResource).toBeUndefined();
  });

  it("is closed without asking anybody", async () => {
    expect(await ask("CloseEphemeralResource", { type_name: schema.type })).toEqual({ diagnostics: [] });
  });
});
