import { wholeId } from "../../lib/terraform-plugin/import-identity";
import type { Resource } from "../../lib/terraform-plugin/resource";
import {
  defineSchema,
  nestedList,
  nestedMap,
  nestedObject,
  nestedSet,
  number,
  string,
  type StateOf,
} from "../../lib/terraform-plugin/schema";
import { UNKNOWN, type ValueObject } from "../../lib/terraform-plugin/values";
import { withoutWriteOnly, writeOnlyPaths } from "../../lib/terraform-plugin/write-only";
import { lab } from "./lab";

const described = { description: "…" };
const account = {
  user: string("required", described),
  password_wo: string("optional", { ...described, writeOnly: true, sensitive: true }),
  password_wo_version: number("optional", { ...described, default: 1 }),
};
const schema = defineSchema({
  type: "lab_machine",
  description: "…",
  identity: { none: "the lab has no other objects" },
  importIdentity: wholeId,
  attributes: {
    id: string("computed", { ...described, keep: true }),
    login: nestedObject(account, "optional", { ...described, replace: true }),
    others: nestedList(account, "optional", described),
    named: nestedMap(account, "optional", described),
  },
});
type State = StateOf<typeof schema>;

const SECRET = "correct horse";
const config: ValueObject = {
  id: null,
  login: { user: "root", password_wo: SECRET, password_wo_version: null },
  others: [{ user: "a", password_wo: "other horse", password_wo_version: 2 }],
  named: { b: { user: "b", password_wo: "third horse", password_wo_version: 3 } },
};
/** As it may be planned and stored. */
const stored = {
  id: null,
  login: { user: "root", password_wo: null, password_wo_version: 1 },
  others: [{ user: "a", password_wo: null, password_wo_version: 2 }],
  named: { b: { user: "b", password_wo: null, password_wo_version: 3 } },
};

/** A machine that hands back whatever it was given, secrets included, as a careless handler would. */
function machine() {
  const seen: State[] = [];
  const handler: Partial<Resource<typeof schema>> & { readonly schema: typeof schema } = {
    schema,
    create: async ({ config: given, planned, save }) => {
      seen.push(given);
      save({ ...given, id: "half" });
      if (given.login?.user === "broken") throw new Error(`cannot make it with ${given.login.password_wo}`);
      const login = { ...planned.login!, password_wo: given.login!.password_wo };
      return { ...planned, login, others: given.others, named: given.named, id: "7" };
    },
    read: async ({ prior }) => ({ ...prior, login: { ...prior.login!, password_wo: SECRET } }),
  };
  return { seen, ...lab(handler) };
}

describe("a write-only attribute inside a nested one", () => {
  it("is refused by name where Terraform is too old to keep it out of its state", async () => {
    const diagnostics = await machine().validate(config, false);
    expect(diagnostics.map(({ detail }) => detail.split("\n")[0])).toEqual([
      "Where: login.password_wo",
      "Where: others[0].password_wo",
      "Where: named.b.password_wo",
    ]);
    expect(await machine().validate(config, true)).toEqual([]);
    expect(await machine().validate({ ...config, login: null, others: UNKNOWN, named: null }, false)).toEqual([]);
  });

  it("is planned as null, beside siblings with their defaults", async () => {
    const { planned } = await machine().plan(config, null);
    expect(planned).toEqual({ ...stored, id: UNKNOWN });
  });

  it("reaches the handler with the configuration and is stored as null, whatever the handler returns", async () => {
    const { seen, plan, apply } = machine();
    const { planned } = await plan(config, null);
    const { state, diagnostics } = await apply({ config, planned });
    expect(diagnostics).toEqual([]);
    expect(seen[0]!.login!.password_wo).toBe(SECRET);
    expect(state).toEqual({ ...stored, id: "7" });
  });

  it("is null too in what a failing handler saved, and redacted in its words", async () => {
    const { plan, apply } = machine();
    const broken = { ...config, login: { user: "broken", password_wo: SECRET, password_wo_version: null } };
    const { planned } = await plan(broken, null);
    const { state, diagnostics } = await apply({ config: broken, planned });
    expect(state).toMatchObject({ id: "half", login: { user: "broken", password_wo: null } });
    expect(JSON.stringify(diagnostics)).toContain("(redacted)");
    expect(JSON.stringify(diagnostics)).not.toContain(SECRET);
  });

  it("does not come back with a read or from an old state", async () => {
    expect((await machine().read({ ...stored, id: "7" })).state).toEqual({ ...stored, id: "7" });
    const careless = { ...stored, id: "7", login: { ...stored.login, password_wo: SECRET } };
    expect((await machine().upgrade(JSON.stringify(careless))).state).toEqual({ ...stored, id: "7" });
  });

  it("makes no second plan, and a change beside it does", async () => {
    const { plan } = machine();
    expect(await plan(config, { ...stored, id: "7" })).toEqual({
      planned: { ...stored, id: "7" },
      replace: [],
      diagnostics: [],
    });
    const raised = { ...config, login: { user: "root", password_wo: SECRET, password_wo_version: 2 } };
    expect((await plan(raised, { ...stored, id: "7" })).replace).toEqual([{ steps: [{ attribute_name: "login" }] }]);
  });

  it("is told to the redactor as soon as it passes by, in lists and maps too", async () => {
    const { redactor, validate } = machine();
    await validate(config);
    for (const secret of [SECRET, "other horse", "third horse"]) expect(redactor.redact(secret)).toBe("(redacted)");
    expect(redactor.redact("root")).toBe("root");
  });
});

it("leaves objects without any as they are, without a copy", () => {
  const plain = { name: string("required", described) };
  const value = { name: "a" };
  expect(withoutWriteOnly(plain, value)).toBe(value);
  expect(writeOnlyPaths(plain, value)).toEqual([]);
});

describe("by themselves", () => {
  const secret = string("optional", { description: "…", writeOnly: true });
  const plain = string("optional", { description: "…" });
  const inner = { name: plain, key: secret };
  const described = { description: "…" };
  const attributes = {
    name: plain,
    key: secret,
    one: nestedObject(inner, "optional", described),
    list: nestedList(inner, "optional", described),
    set: nestedSet(inner, "optional", described),
    map: nestedMap(inner, "optional", described),
    deep: nestedList({ inside: nestedMap(inner, "optional", described) }, "optional", described),
    open: nestedList({ name: plain }, "optional", described),
  };
  const holds = { name: "a", key: "open sesame" };
  const given: ValueObject = {
    name: "a",
    key: "open sesame",
    one: holds,
    list: [holds, UNKNOWN, null],
    set: [holds],
    map: { x: holds, y: UNKNOWN },
    deep: [{ inside: { x: holds } }],
    open: [{ name: "a" }],
    foreign: "as it is",
  };
  const without = { name: "a", key: null };

  it("are nothing that is kept, wherever they stand; all else stays", () => {
    expect(withoutWriteOnly(attributes, given)).toEqual({
      ...given,
      key: null,
      one: without,
      list: [without, UNKNOWN, null],
      set: [without],
      map: { x: without, y: UNKNOWN },
      deep: [{ inside: { x: without } }],
    });
  });

  it.each([null, UNKNOWN])("leave a whole that is %s as it is", (value) => {
    const nothing = { ...given, key: null, one: value, list: value, set: value, map: value, deep: value };
    expect(withoutWriteOnly(attributes, nothing)).toEqual(nothing);
  });

  it("are found where the configuration gives one a value, and not where it gives none", () => {
    expect(writeOnlyPaths(attributes, given).map((path) => path.join("."))).toEqual([
      "key",
      "one.key",
      "list.0.key",
      "set.0.key",
      "map.x.key",
      "deep.0.inside.x.key",
    ]);
    expect(writeOnlyPaths(attributes, { key: null, one: without, list: [without] })).toEqual([]);
    expect(writeOnlyPaths({ name: plain }, given)).toEqual([]);
  });

  it("cost nothing where there are none", () => {
    const object = { name: "a" };
    expect(withoutWriteOnly({ name: plain }, object)).toBe(object);
  });
});
