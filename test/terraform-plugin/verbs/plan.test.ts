import { defineSchema, string } from "../../../lib/terraform-plugin/schema";
import { wholeId } from "../../../lib/terraform-plugin/import-identity";
import { ProblemError, type Problem } from "../../../lib/core/problem";
import { MemoryLedgers } from "../../../lib/terraform-plugin/ownership/ledger";
import { decodePrivate, encodePrivate } from "../../../lib/terraform-plugin/private-state";
import type { Bound } from "../../../lib/terraform-plugin/provider";
import type { Resource } from "../../../lib/terraform-plugin/resource";
import { UNKNOWN, type ValueObject } from "../../../lib/terraform-plugin/values";
import { lab, only } from "../lab";
import { back, BROKEN, described, providerLab, wire } from "../provider-lab";

const schema = defineSchema({
  type: "lab_machine",
  identity: { none: "the lab has no other objects" },
  importIdentity: wholeId,
  description: "…",
  attributes: {
    id: string("computed", { ...described, keep: true }),
    user: string("optional", described),
    password_wo: string("optional", { ...described, sensitive: true, writeOnly: true }),
  },
  creationChecks: [
    {
      describes: "`user` needs `password_wo`",
      check: ({ user, password_wo }) =>
        typeof user === "string" && password_wo === null
          ? [{ code: "lab/no-password", severity: "error", summary: "There is no password", fix: "Add it." }]
          : [],
    },
  ],
});
const machine = lab({ schema });
const config = { id: null, user: "root", password_wo: null };

describe("what only a new object needs", () => {
  it("is asked for when one is planned", async () => {
    expect(only((await machine.plan(config, null)).diagnostics)).toContain("There is no password");
    expect((await machine.plan({ ...config, password_wo: "open sesame" }, null)).diagnostics).toEqual([]);
  });

  it("is not asked of one that is there, nor of any configuration by itself", async () => {
    expect((await machine.plan(config, { ...config, id: "7" })).diagnostics).toEqual([]);
    expect(await machine.validate(config)).toEqual([]);
  });
});

const disk = defineSchema({
  type: "lab_disk",
  identity: { attributes: ["name"], twins: false },
  importIdentity: wholeId,
  description: "…",
  attributes: {
    id: string("computed", { ...described, keep: true }),
    name: string("required", described),
    size: string("optional", { ...described, replace: true }),
  },
});
const there: ValueObject = { id: "7", name: "a", size: "1" };
const problem: Problem = { code: "lab/x", severity: "error", summary: "The lab refused", fix: "Ask." };

async function planned(
  { prior, config }: { readonly prior: ValueObject | null; readonly config: ValueObject | null },
  handler: Partial<Resource<typeof disk>> = {},
  connection: Partial<Bound<never, never>> = {},
  notes: Uint8Array = new Uint8Array(),
) {
  const ledgers = new MemoryLedgers();
  const told = ledgers.open("run", "9.9");
  const { ask } = providerLab(
    { resources: [{ handler: { schema: disk, ...handler }, client: async () => "the client", ...connection }] },
    { openLedger: () => ledgers.open("run", "1.1") },
  );
  await ask("ConfigureProvider", { config: null, terraform_version: "1.14.0" });
  const answer = await ask("PlanResourceChange", {
    type_name: disk.type,
    prior_state: wire(disk, prior),
    proposed_new_state: wire(disk, config && { ...config, id: prior?.["id"] ?? null }),
    config: wire(disk, config),
    prior_private: notes,
  });
  return {
    diagnostics: answer.diagnostics,
    has: "planned_state" in answer,
    state: back(disk, answer["planned_state"]),
    replace: answer["requires_replace"],
    kept: decodePrivate(answer["planned_private"] as Uint8Array),
    told: told.news().flatMap((one) => (one.event === "start" ? [] : [one.event])),
  };
}
const fresh = { id: null, name: "a", size: "1" };
const creation = { prior: null, config: fresh };
const update = { prior: there, config: { ...fresh, name: "b" } };
const nothing = { prior: there, config: fresh };

describe("a plan that is refused plans nothing, and tells nobody of anything", () => {
  it.each<[string, Partial<Resource<typeof disk>>, Partial<Bound<never, never>>]>([
    ["by its hook", { plan: () => Promise.reject(new ProblemError(problem)) }, {}],
    ["by the settings", {}, { client: () => Promise.reject(new ProblemError(problem)) }],
    ["by the login of what it will ask", {}, { checkLogin: () => Promise.reject(new ProblemError(problem)) }],
    [
      "by the login of another that it will ask",
      { asks: ({ name }) => [String(name as string)] },
      {
        connectionTo: () => ({
          client: async () => "another",
          checkLogin: () => Promise.reject(new ProblemError(problem)),
        }),
      },
    ],
  ])("%s", async (_what, handler, connection) => {
    const { has, told, diagnostics } = await planned(creation, handler, connection);
    expect([has, told]).toEqual([false, []]);
    expect(only(diagnostics)).toContain("The lab refused");
  });

  it("of values that do not decode", async () => {
    const { ask } = providerLab({ resources: [{ handler: { schema: disk }, client: async () => undefined }] });
    const state = wire(disk, there);
    const request = { type_name: disk.type, prior_state: state, proposed_new_state: state, config: BROKEN };
    const answer = await ask("PlanResourceChange", request);
    expect("planned_state" in answer).toBe(false);
    expect(answer.diagnostics).toMatchObject([{ severity: "ERROR" }]);
  });
});

describe("who is asked", () => {
  const logins = (done: string[]): Partial<Bound<never, never>> => ({
    client: async () => void done.push("client"),
    checkLogin: async () => (done.push("login"), []),
  });

  it.each([
    ["a creation", creation, ["client", "login"]],
    ["a change: it was read, so that its login works", update, ["client"]],
    ["a destruction", { prior: there, config: null }, ["client"]],
    ["nothing to do", nothing, []],
  ])("of %s", async (_what, change, expected) => {
    const done: string[] = [];
    await planned(change, {}, logins(done));
    expect(done).toEqual(expected);
  });

  it("is nobody while settings are known only after apply, which the hook sees", async () => {
    const clients: unknown[] = [];
    const hook = {
      plan: async (_: unknown, { connect }: { connect(): unknown }) => void clients.push(await connect()),
    };
    const { diagnostics } = await planned(creation, hook, {
      client: () => Promise.reject(new Error("asked")),
      pending: () => ({ ...problem, severity: "warning" }),
    });
    expect([clients, diagnostics]).toEqual([[undefined], []]);
    await planned(creation, hook);
    expect(clients).toEqual([undefined, "the client"]);
  });
});

describe("a plan", () => {
  it("is what its hook makes of it, with what it adds to be replaced", async () => {
    const { state, replace } = await planned(update, {
      plan(request) {
        request.planned = { ...request.planned!, size: "9" };
        request.replace.add("name");
      },
    });
    expect(state).toEqual({ id: "7", name: "b", size: "9" });
    expect(replace).toEqual([{ steps: [{ attribute_name: "name" }] }]);
  });

  it("names what its schema replaces", async () => {
    const { replace } = await planned({ prior: there, config: { ...fresh, size: "2" } });
    expect(replace).toEqual([{ steps: [{ attribute_name: "size" }] }]);
  });

  it("is warned of by the hook, also where it destroys", async () => {
    const warns = {
      plan: (_: unknown, { report }: { report(one: Problem): void }) => report({ ...problem, severity: "warning" }),
    };
    const { state, diagnostics } = await planned({ prior: there, config: null }, warns);
    expect(state).toBeNull();
    expect(diagnostics).toMatchObject([{ severity: "WARNING" }]);
  });

  it.each([
    ["a creation", creation, ["create"], { id: UNKNOWN, name: "a", size: "1" }],
    ["a change", update, ["keep"], { ...there, name: "b" }],
    ["nothing to do", nothing, ["keep"], there],
    ["a destruction", { prior: there, config: null }, ["destroy"], null],
  ])("tells the other processes of the run of %s", async (_what, change, events, expected) => {
    const { told, state } = await planned(change);
    expect(told).toEqual(events);
    expect(JSON.stringify(state)).toBe(JSON.stringify(expected));
  });

  it("keeps what the state has kept, and says which object and which run it is of", async () => {
    const { kept } = await planned(update, {}, {}, encodePrivate({ imported: true, notes: { seen: 1 } }));
    expect(kept).toMatchObject({ imported: false, notes: { seen: 1 }, marked: { run: "run", replaced: { id: "7" } } });
  });

  it("of the creation in a replacement is told as that: it belongs to what it replaces", async () => {
    const { kept } = await planned({ prior: there, config: { ...fresh, size: "2" } });
    const { told } = await planned({ prior: null, config: { ...fresh, size: "2" } }, {}, {}, encodePrivate(kept));
    expect(told).toEqual(["replace"]);
  });
});
