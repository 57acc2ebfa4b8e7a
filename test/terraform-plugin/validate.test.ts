import { validateConfig } from "../../lib/terraform-plugin/validate";
import {
  defineSchema,
  nestedList,
  nestedMap,
  nestedObject,
  number,
  setOf,
  string,
  type Schema,
} from "../../lib/terraform-plugin/schema";
import { UNKNOWN } from "../../lib/terraform-plugin/values";

const lowerCase = {
  describes: "lower case",
  check: (value: string) =>
    value === value.toLowerCase()
      ? undefined
      : {
          code: "test/case",
          severity: "error" as const,
          summary: "Not lower case",
          got: value,
          fix: `Write ${value.toLowerCase()}.`,
        },
};
const described = { description: "…" };

const schema = defineSchema({
  type: "test_thing",
  description: "…",
  attributes: {
    name: string("required", { ...described, validators: [lowerCase] }),
    low: number("optional", described),
    high: number("optional", described),
    old: string("optional", { ...described, deprecated: "Use `name`." }),
    tags: setOf("string", "optional", described),
    parts: nestedList({ kind: string("required", { ...described, validators: [lowerCase] }) }, "optional", described),
    limits: nestedObject(
      { low: number("optional", described), note: string("optional", described) },
      "optional",
      described,
    ),
    named: nestedMap({ kind: string("required", { ...described, validators: [lowerCase] }) }, "optional", described),
  },
  checks: [
    {
      describes: "`limits.low` is not above `high`",
      check: ({ limits, high }) =>
        typeof limits?.low === "number" && typeof high === "number" && limits.low > high
          ? [{ code: "test/limit", severity: "error", summary: "Too high", path: ["limits", "low"], fix: "Lower it." }]
          : [],
    },
    {
      describes: "`low` is not above `high`",
      check: ({ low, high }) =>
        typeof low === "number" && typeof high === "number" && low > high
          ? [{ code: "test/order", severity: "error", summary: "Upside down", path: ["low"], fix: "Swap them." }]
          : [],
    },
  ],
}) as Schema;

const blank = { name: "a", low: null, high: null, old: null, tags: null, parts: null, named: null, limits: null };
const found = (config: Parameters<typeof validateConfig>[1]) =>
  validateConfig(schema, { ...blank, ...config }).map(({ code, path }) => [code, ...(path ?? [])].join("."));

describe("validateConfig", () => {
  it("names the attribute that a validator refuses", () => {
    expect(found({ name: "A" })).toEqual(["test/case.name"]);
  });

  it("names element and attribute inside lists and maps", () => {
    expect(found({ parts: [{ kind: "ok" }, { kind: "NO" }] })).toEqual(["test/case.parts.1.kind"]);
    expect(found({ named: { kind: { kind: "NO" } } })).toEqual(["test/case.named.kind.kind"]);
  });

  it("skips what is unknown, also inside", () => {
    expect(found({ name: UNKNOWN, parts: [UNKNOWN, { kind: UNKNOWN }], named: UNKNOWN })).toEqual([]);
  });

  it("checks across attributes once each is sound", () => {
    expect(found({ low: 5, high: 1 })).toEqual(["test/order.low"]);
    expect(found({ low: 5, high: 1, name: "A" })).toEqual(["test/case.name"]);
  });

  it("hands unknown values to a check as undefined", () => {
    expect(found({ low: 5, high: UNKNOWN })).toEqual([]);
  });

  it("hands what is known of a nested object to a check, although some of it is not", () => {
    expect(found({ high: 1, limits: { low: 5, note: UNKNOWN } })).toEqual(["test/limit.limits.low"]);
    expect(found({ high: 1, limits: { low: UNKNOWN, note: "x" } })).toEqual([]);
    expect(found({ high: 1, limits: UNKNOWN })).toEqual([]);
  });

  it("warns of a deprecated attribute only where it is used", () => {
    expect(found({ old: "x" })).toEqual(["terraform/deprecated-attribute.old"]);
    expect(found({})).toEqual([]);
  });
});
