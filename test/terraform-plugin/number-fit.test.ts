import { unfitNumber, unfitNumbers } from "../../lib/terraform-plugin/number-fit";
import {
  bool,
  dynamic,
  listOf,
  mapOf,
  nestedList,
  nestedMap,
  number,
  wholeNumber,
} from "../../lib/terraform-plugin/schema";
import { Decimal, Dynamic, UNKNOWN } from "../../lib/terraform-plugin/values";

const described = { description: "…" };
const attributes = {
  port: number("optional", described),
  version: wholeNumber("optional", described),
  on: bool("optional", described),
  ports: listOf("number", "optional", described),
  weights: mapOf("number", "optional", described),
  anything: dynamic("optional", described),
  hops: nestedList({ port: number("optional", described) }, "optional", described),
  named: nestedMap({ version: wholeNumber("optional", described) }, "optional", described),
};
const DIGEST = 203_447_316_518_928_441n;

it("takes what a handler can hold", () => {
  expect(
    unfitNumbers(attributes, {
      port: 587,
      version: DIGEST,
      on: true,
      ports: [25, null, UNKNOWN],
      weights: { a: 0.5 },
      anything: new Dynamic("number", new Decimal("0.1234567890123456789")),
      hops: [{ port: 25 }, UNKNOWN],
      named: { a: { version: -DIGEST } },
    }),
  ).toBeUndefined();
  expect(unfitNumbers(attributes, {})).toBeUndefined();
});

it.each([
  [{ port: DIGEST }, ["port"], "203447316518928441", "a number of at most 9007199254740991"],
  [
    { port: new Decimal("0.12345678901234567890123") },
    ["port"],
    "0.12345678901234567890123",
    "a number of at most 16 digits",
  ],
  [{ version: 1.5 }, ["version"], "1.5", "a whole number"],
  [{ version: new Decimal("1e5000") }, ["version"], "1e5000", "a whole number of at most 4096 digits"],
  [{ ports: [25, DIGEST] }, ["ports"], "203447316518928441", "a number of at most 9007199254740991"],
  [{ weights: { a: DIGEST } }, ["weights"], "203447316518928441", "a number of at most 9007199254740991"],
  [
    { hops: [{ port: 1 }, { port: DIGEST }] },
    ["hops", 1, "port"],
    "203447316518928441",
    "a number of at most 9007199254740991",
  ],
  [{ named: { a: { version: 0.5 } } }, ["named", "a", "version"], "0.5", "a whole number"],
])("finds %j", (object, path, got, expected) => {
  expect(unfitNumbers(attributes, object)).toMatchObject({ path, got, expected, severity: "error" });
});

it("lets text alone, whatever it looks like", () => {
  expect(unfitNumber({ type: "string" }, "1e5000")).toBeUndefined();
});
