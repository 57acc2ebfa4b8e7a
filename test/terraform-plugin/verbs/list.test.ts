import { ProblemError, type Problem } from "../../../lib/core/problem";
import type { Bound } from "../../../lib/terraform-plugin/provider";
import type { ListedObject, ListResource, Resource } from "../../../lib/terraform-plugin/resource";
import { identityType } from "../../../lib/terraform-plugin/resource-identity";
import { defineSchema, number, string } from "../../../lib/terraform-plugin/schema";
import type { ValueObject } from "../../../lib/terraform-plugin/values";
import { readDynamicValue } from "../../../lib/terraform-plugin/dynamic-value";
import { wholeId } from "../../../lib/terraform-plugin/import-identity";
import type { Diagnostic } from "../lab";
import { back, BROKEN, described, providerLab, wire } from "../provider-lab";

const schema = defineSchema({
  type: "lab_machine",
  description: "…",
  identity: { attributes: ["host"], twins: false },
  importIdentity: wholeId,
  attributes: {
    id: string("computed", { ...described, keep: true }),
    host: string("required", described),
    cores: number("optional", { ...described, default: 2 }),
  },
});
const listSchema = defineSchema({
  type: "lab_machine",
  description: "…",
  attributes: { rack: string("optional", described), key: string("optional", { ...described, sensitive: true }) },
});
const identity = identityType(schema)!;
const problem: Problem = { code: "lab/x", severity: "error", summary: "The lab refused", fix: "Ask." };
const warning: Problem = { ...problem, severity: "warning", summary: "The lab is slow" };

const three: readonly ListedObject[] = ["1", "2", "3"].map((id) => ({ id, name: `machine ${id}` }));
const found = (id: string): ValueObject => ({ id, host: `host${id}`, cores: null });

type List = ListResource<typeof listSchema>["list"];

async function listed(
  list: List = async () => three,
  request: object = {},
  connection: Partial<Bound<never, never>> = {},
  handler: Partial<Resource<typeof schema>> = {},
) {
  const read = async ({ prior }: { readonly prior: { readonly id: string | null } }) => found(prior.id!) as never;
  const client = async () => "the client";
  const { stream } = providerLab({
    resources: [{ handler: { schema, read, ...handler }, client }],
    listResources: [{ handler: { schema: listSchema, list }, client, ...connection }],
  });
  const asked = { type_name: schema.type, config: null, include_resource_object: false, limit: 0n, ...request };
  const events = await stream("ListResource", asked);
  const objects = events.filter((event) => "identity" in event);
  return {
    events,
    names: objects.map((event) => event["display_name"]),
    ids: objects.map((event) => {
      const message = event["identity"] as { readonly identity_data: never };
      return (readDynamicValue(identity.type, message.identity_data) as ValueObject)["id"];
    }),
    states: objects.map((event) => back(schema, event["resource_object"])),
    diagnostics: events.flatMap((event) => (event["diagnostic"] ?? []) as Diagnostic[]),
  };
}

describe("what cannot be listed is an error and no empty list:", () => {
  it("a refusal", async () => {
    const { events, diagnostics } = await listed(() => Promise.reject(new ProblemError(problem)));
    expect(events).toHaveLength(1);
    expect(diagnostics).toMatchObject([{ severity: "ERROR", summary: "The lab refused" }]);
  });

  it("an error that the handler reports: what it has found all the same is not told", async () => {
    const { ids, diagnostics } = await listed(async (_, { report }) => (report(problem), three));
    expect([ids, diagnostics.map(({ severity }) => severity)]).toEqual([[], ["ERROR"]]);
  });

  it("a mistake of the handler's own, with what it was doing", async () => {
    const { diagnostics } = await listed(() => Promise.reject(new TypeError("no")));
    expect(diagnostics).toMatchObject([{ summary: "The provider failed to list lab_machine" }]);
  });

  it("settings that are missing", async () => {
    const { ids, diagnostics } = await listed(
      undefined,
      {},
      { client: () => Promise.reject(new ProblemError(problem)) },
    );
    expect([ids, diagnostics.map(({ severity }) => severity)]).toEqual([[], ["ERROR"]]);
  });

  it("a configuration that is none", async () => {
    const { ids, diagnostics } = await listed(undefined, { config: BROKEN });
    expect([ids, diagnostics.map(({ severity }) => severity)]).toEqual([[], ["ERROR"]]);
  });

  it("an object that cannot be read: those before it stay told, and none comes after it", async () => {
    const read = async ({ prior: { id } }: { readonly prior: { readonly id: string | null } }) =>
      id === "2" ? Promise.reject(new ProblemError(problem)) : (found(id!) as never);
    const { ids, diagnostics } = await listed(undefined, { include_resource_object: true }, {}, { read });
    expect(ids).toEqual(["1"]);
    expect(diagnostics).toMatchObject([{ severity: "ERROR", summary: "The lab refused" }]);
  });
});

describe("what is listed", () => {
  it("has an identity and a name each, and is not read for that", async () => {
    const read = () => Promise.reject(new Error("read"));
    const { ids, names, diagnostics, events } = await listed(undefined, {}, {}, { read });
    expect(ids).toEqual(["1", "2", "3"]);
    expect(names).toEqual(["machine 1", "machine 2", "machine 3"]);
    expect(diagnostics).toEqual([]);
    expect(events.some((event) => "resource_object" in event)).toBe(false);
  });

  it("comes whole where that is asked for, with defaults as after an import", async () => {
    const { states } = await listed(undefined, { include_resource_object: true });
    expect(states).toEqual(["1", "2", "3"].map((id) => ({ id, host: `host${id}`, cores: 2 })));
  });

  it("leaves out what has gone since, which does not count towards the limit", async () => {
    const read = async ({ prior: { id } }: { readonly prior: { readonly id: string | null } }) =>
      id === "1" ? null : (found(id!) as never);
    const { ids } = await listed(undefined, { include_resource_object: true, limit: 2n }, {}, { read });
    expect(ids).toEqual(["2", "3"]);
  });

  it.each([
    [1n, ["1"]],
    [3n, ["1", "2", "3"]],
    [0n, ["1", "2", "3"]],
  ])("is at most as many as asked for: %s", async (limit, expected) => {
    expect((await listed(undefined, { limit })).ids).toEqual(expected);
  });

  it("is not read beyond the limit", async () => {
    const asked: (string | null)[] = [];
    const read = async ({ prior: { id } }: { readonly prior: { readonly id: string | null } }) => {
      asked.push(id);
      return found(id!) as never;
    };
    await listed(undefined, { include_resource_object: true, limit: 2n }, {}, { read });
    expect(asked).toEqual(["1", "2"]);
  });

  it("may be nothing", async () => {
    expect(await listed(async () => [])).toMatchObject({ events: [], diagnostics: [] });
  });

  it("comes behind warnings: the handler's, and what the answers have shown", async () => {
    const late = { ...warning, summary: "Soon over" };
    const { ids, events } = await listed(
      async (_, { report }) => (report(warning), three),
      {},
      { answered: () => [late] },
    );
    expect(events[0]!["diagnostic"]).toMatchObject([{ summary: "The lab is slow" }, { summary: "Soon over" }]);
    expect(ids).toHaveLength(3);
  });

  it("shows names that others wrote without their secrets, on one line, and no commands", async () => {
    const config = wire(listSchema, { rack: null, key: "hunter2-hunter2" });
    const name = "a\n\u001b[31mhunter2-hunter2";
    const { names } = await listed(async () => [{ id: "1", name }], { config });
    expect(names).toEqual(["a ⟨U+001B⟩[31m(redacted)"]);
  });
});

it("hands the handler its configuration, all of it null where there is none, and its client", async () => {
  const seen: unknown[] = [];
  const list: List = async (config, { client }) => (seen.push(config, client), []);
  await listed(list, { config: wire(listSchema, { rack: "a", key: null }) });
  await listed(list);
  expect(seen).toEqual([{ rack: "a", key: null }, "the client", { rack: null, key: null }, "the client"]);
});
