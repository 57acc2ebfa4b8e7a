import { ProblemError } from "../../../lib/core/problem";
import { wholeId } from "../../../lib/terraform-plugin/import-identity";
import { defineSchema, listOf, nestedObject, number, setOf, string } from "../../../lib/terraform-plugin/schema";
import type { Resource } from "../../../lib/terraform-plugin/resource";
import { UNKNOWN, type ValueObject } from "../../../lib/terraform-plugin/values";
import { lab, only } from "../lab";

const described = { description: "…" };
const sameCase = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();
const schema = defineSchema({
  type: "lab_machine",
  description: "…",
  identity: { none: "the lab has no other objects" },
  importIdentity: wholeId,
  attributes: {
    id: string("computed", { ...described, keep: true }),
    host: string("required", { ...described, equal: sameCase }),
    port: number("optional", described),
    token: string("optional", { ...described, sensitive: true }),
    password_wo: string("optional", { ...described, sensitive: true, writeOnly: true }),
    to: setOf("string", "optional", described),
    steps: listOf("string", "optional", described),
    login: nestedObject(
      {
        user: string("optional", { ...described, equal: sameCase }),
        key: string("optional", { ...described, sensitive: true }),
      },
      "optional",
      described,
    ),
  },
});
const planned: ValueObject = {
  id: UNKNOWN,
  host: "a.example",
  port: 25,
  token: "correct horse",
  password_wo: null,
  to: ["x", "y"],
  steps: ["1", "2"],
  login: { user: "root", key: "battery staple" },
};
const config: ValueObject = { ...planned, id: null, password_wo: "open sesame" };
const prior: ValueObject = { ...planned, id: "7", port: 26 };

type Handler = Partial<Resource<typeof schema>>;
const returning = (change: object, handler: Handler = {}) =>
  lab<typeof schema>({
    schema,
    create: async ({ planned: asked }) => ({ ...asked, id: "7", ...change }),
    update: async ({ planned: asked }) => ({ ...asked, id: "7", ...change }),
    ...handler,
  });
const create = (change: object) => returning(change).apply({ planned, config });
const update = (change: object) => returning(change).apply({ prior, planned: { ...planned, id: "7" }, config });

describe("a result that is not the planned one", () => {
  it.each([create, update])("is an error that names it, and the state has what was found", async (apply) => {
    const { state, diagnostics } = await apply({ port: 26 });
    const text = only(diagnostics);
    expect(text).toContain("`port` is not as planned");
    expect(text).toContain("Got: 26");
    expect(text).toContain("Expected: 25, as planned");
    expect(text).not.toMatch(/bug|defect/);
    expect(diagnostics[0]).toMatchObject({ severity: "ERROR", attribute: { steps: [{ attribute_name: "port" }] } });
    expect(state).toMatchObject({ id: "7", port: 26, host: "a.example" });
  });

  it("says what becomes of a new object, and that an old one is changed by the next apply", async () => {
    expect(only((await create({ port: 26 })).diagnostics)).toContain("terraform untaint");
    expect(only((await update({ port: 26 })).diagnostics)).toContain("Apply again");
  });

  it.each([
    ["a text", { host: "b.example" }, '"b.example"'],
    ["nothing where something was planned", { port: null }, "null"],
    ["another set", { to: ["x"] }, '["x"]'],
    ["another order of a list", { steps: ["2", "1"] }, '["2","1"]'],
    ["a value inside another", { login: { user: "eve", key: "battery staple" } }, '"eve"'],
    ["text that plays with the terminal", { host: "b\u202e\u009b31m" }, '"b\\u202e\\u009b31m"'],
  ])("is shown: %s", async (_what, change, got) => {
    expect(only((await update(change)).diagnostics)).toContain(`Got: ${got}`);
  });

  it.each([
    ["by itself", { token: "wrong horse" }, "`token`"],
    ["inside another", { login: { user: "root", key: "wrong staple" } }, "`login.key`"],
    ["that is missing", { login: null }, "`login`"],
  ])("is named, but not shown, when it is a secret: %s", async (_what, change, name) => {
    const text = only((await update(change)).diagnostics);
    expect(text).toContain(name);
    expect(text).not.toMatch(/horse|staple/);
  });

  it("is every one of them", async () => {
    const { diagnostics } = await update({ port: 1, host: "b" });
    expect(diagnostics.map(({ summary }) => summary)).toEqual([
      "`host` is not as planned after the update",
      "`port` is not as planned after the update",
    ]);
  });
});

describe("a result that keeps the plan", () => {
  it.each([
    ["the same", {}],
    ["another spelling", { host: "A.Example" }],
    ["another spelling inside another value", { login: { user: "ROOT", key: "battery staple" } }],
    ["a set in another order", { to: ["y", "x", "x"] }],
    ["a secret that must not be stored", { password_wo: "open sesame" }],
    ["a number of another form", { port: 25n }],
  ])("is no error: %s", async (_what, change) => {
    const { state, diagnostics } = await create(change);
    expect(diagnostics).toEqual([]);
    expect(state).toEqual({ ...planned, id: "7" });
  });

  it("is whatever comes of what was not known", async () => {
    const open = { ...planned, port: UNKNOWN, steps: ["1", UNKNOWN], to: ["x", UNKNOWN], login: UNKNOWN };
    const change = { port: 7, steps: ["1", "9"], to: ["x", "z"], login: { user: "eve", key: null } };
    const { diagnostics } = await returning(change).apply({ planned: open, config: { ...open, id: null } });
    expect(diagnostics).toEqual([]);
  });

  it.each([
    ["a list that grew", { steps: ["1", "9", "10"] }],
    ["a known element that changed", { steps: ["0", "9"] }],
    ["a set that lost a known element", { to: ["z"] }],
  ])("is not what contradicts the known part: %s", async (_what, change) => {
    const open = { ...planned, steps: ["1", UNKNOWN], to: ["x", UNKNOWN] };
    const sound = { steps: ["1", "9"], to: ["x", "z"] };
    const { diagnostics } = await returning({ ...sound, ...change }).apply({
      planned: open,
      config: { ...open, id: null },
    });
    expect(only(diagnostics)).toContain("is not as planned");
  });
});

it("a handler's own error is not joined by a second one", async () => {
  const machine = returning(
    {},
    {
      create: async ({ planned: asked, save }) => {
        save({ ...asked, id: "7", port: 26 });
        throw new ProblemError({ code: "lab/x", severity: "error", summary: "The lab refused", fix: "Ask it." });
      },
    },
  );
  const { state, diagnostics } = await machine.apply({ planned, config });
  expect(only(diagnostics)).toContain("The lab refused");
  expect(state).toMatchObject({ port: 26 });
});

describe("an object that cannot be written as it was returned", () => {
  it("is kept all the same: what does not fit gives way to what was planned", async () => {
    const { state, diagnostics } = await create({ port: "many", to: [7] });
    expect(state).toEqual({ ...planned, id: "7" });
    expect(diagnostics.map(({ severity }) => severity)).toEqual(["ERROR", "ERROR"]);
    expect(diagnostics.map(({ attribute }) => attribute?.steps[0]?.attribute_name)).toEqual(["port", "to"]);
  });
});

describe("values that do not decode", () => {
  const broken = { msgpack: Buffer.from([0x81, 0xa2]) };
  const handler = { create: refuse, update: refuse, delete: refuse } as never;
  async function refuse() {
    throw new Error("must not be called");
  }

  it.each([
    ["the plan", { prior, planned: broken, config }],
    ["the state", { prior: broken, planned: { ...planned, id: "7" }, config }],
    ["the configuration", { prior, planned: { ...planned, id: "7" }, config: broken }],
  ])("are a plain diagnostic, and the state stays: %s", async (_what, change) => {
    const { bytes, diagnostics } = await returning({}, handler).apply(change);
    const text = only(diagnostics);
    expect(text).toContain("What to do:");
    expect(text).not.toMatch(/defect|TypeError/);
    expect(bytes).toEqual("msgpack" in change.prior ? broken.msgpack : returning({}).wire(prior).msgpack);
  });
});

it("holds a value that becomes known only now to the rules of its attribute", async () => {
  const ruled = defineSchema({
    type: "lab_port",
    description: "…",
    identity: { none: "the lab has no other objects" },
    importIdentity: wholeId,
    attributes: {
      id: string("computed", { ...described, keep: true }),
      host: string("required", {
        ...described,
        validators: [
          {
            describes: "one line",
            check: (value) =>
              value.includes("\n")
                ? { code: "lab/lines", severity: "error", summary: "Two lines", fix: "Write one." }
                : undefined,
          },
        ],
      }),
    },
  });
  let created = 0;
  const machine = lab({
    schema: ruled,
    create: async ({ planned: asked }) => {
      created += 1;
      return { ...asked, id: "7" };
    },
  });
  const given = { id: null, host: "a\nb" };
  const { state, diagnostics } = await machine.apply({ planned: { ...given, id: UNKNOWN }, config: given });
  expect(only(diagnostics)).toContain("Two lines");
  expect(created).toBe(0);
  expect(state).toBeNull();
});
