import { ProblemError } from "../../lib/core/problem";
import { decodeJson, encodeJson, parseJson } from "../../lib/terraform-plugin/json";
import { Decimal, Dynamic, UNKNOWN, type Type, type Value } from "../../lib/terraform-plugin/values";
import { expectLinear } from "../support/growth";
import { randomType, randomValue, seeded } from "./random-values";

const state = (text: string) => Buffer.from(text);

describe("state that does not fit", () => {
  it.each<[string, Type, string, string]>([
    ["half a document", "string", '{"a"', "JSON is required"],
    ["a list for a string", "string", "[]", "string is required, got list"],
    ["words for a number", "number", '"ten"', "number is required, got string"],
    ["a malformed number", "number", "1.2.3456789012345678", "number is required, got string"],
    ["words for a bool", "bool", '"yes"', "bool is required, got string"],
    ["an object for a list", ["list", "string"], "{}", "list is required, got object"],
    ["a list for an object", ["object", {}], "[]", "object is required, got list"],
    ["a tuple of another length", ["tuple", ["string"]], "[]", "tuple is required, got list"],
    ["a bare value for a dynamic", "dynamic", '"x"', "dynamic is required, got string"],
    ["a dynamic of no type", "dynamic", '{"value":1,"type":"text"}', 'a Terraform type is required, got "text"'],
  ])("%s", (_name, type, text, summary) => {
    expect(() => decodeJson(type, state(text))).toThrow(ProblemError);
    expect(() => decodeJson(type, state(text))).toThrow(summary);
  });

  it("names the path", () => {
    const type: Type = ["object", { flows: ["list", ["map", "number"]] }];
    expect(() => decodeJson(type, state('{"flows":[{},{"port":true}]}'))).toThrow(
      '["flows"][1]["port"]: number is required, got bool',
    );
  });
});

describe("state", () => {
  it("keeps every digit", () => {
    const type: Type = ["object", { id: "number", ratio: "number", text: "string", power: "number", small: "number" }];
    const text =
      '{"id": 123456789012345678901234567890, "ratio": 12345678901234.56789012345, "power": 1e400, "small": -0.1,' +
      ' "text": "in a text 123456789012345678901 and \\"12345678901234567890\\" and 1e5 stay"}';
    expect(decodeJson(type, state(text))).toEqual({
      id: 123456789012345678901234567890n,
      ratio: new Decimal("12345678901234.56789012345"),
      power: 10n ** 400n,
      small: -0.1,
      text: 'in a text 123456789012345678901 and "12345678901234567890" and 1e5 stay',
    });
  });

  it("survives long strings with escapes next to long numbers", () => {
    const long = `\\"${"12345678901234567890 ".repeat(50_000)}\n`;
    const text = JSON.stringify({ long }).slice(0, -1) + ',"n":9007199254740993}';
    expect(parseJson(state(text))).toEqual({ long, n: "9007199254740993" });
  });

  it("loses attributes the schema no longer has, and gains those it has now", () => {
    const type: Type = ["object", { ip: "string", via: ["list", ["object", { id: "string", kind: "string" }]] }];
    expect(decodeJson(type, state('{"ip":"192.0.2.1","old":5,"via":[{"id":"1"}],"toString":1}'))).toEqual({
      ip: "192.0.2.1",
      via: [{ id: "1", kind: null }],
    });
    expect(decodeJson(["object", { toString: "string" } as unknown as Record<string, Type>], state("{}"))).toEqual({
      toString: null,
    });
  });

  it("has dynamic values with their types", () => {
    const text = '{"value":{"a":[1,"x"]},"type":["object",{"a":["tuple",["number","string"]]}]}';
    const value = new Dynamic(["object", { a: ["tuple", ["number", "string"]] }], { a: [1, "x"] });
    expect(decodeJson("dynamic", state(text))).toEqual(value);
    expect(encodeJson("dynamic", value)).toBe(text);
    expect(decodeJson("dynamic", state("null"))).toBeNull();
  });

  it("has sets in canonical order, and strings in NFC", () => {
    expect(decodeJson(["set", "string"], ["b", "a", "b"])).toEqual(["a", "b"]);
    expect(decodeJson("string", "e\u0301")).toBe("\u00e9");
  });

  it("of no bytes is null", () => expect(decodeJson("string", state(""))).toBeNull());

  it("never holds an unknown value", () => {
    expect(() => encodeJson(["list", "string"], ["a", UNKNOWN])).toThrow("[1]: a known value is required");
    expect(() => encodeJson("string", 5)).toThrow("string is required, got number");
  });

  it("comes back as it was, whatever the type", () => {
    const random = seeded(99);
    for (let round = 0; round < 300; round++) {
      const type = randomType(random, 4);
      const value = decodeJson(type, state(encodeJson(type, randomValue(random, type, true) as Value)));
      const text = encodeJson(type, value);
      expect(decodeJson(type, state(text))).toEqual(value);
      expect(() => JSON.parse(text)).not.toThrow();
    }
  });
});

describe("text that is no JSON", () => {
  test.each(['"' + "a".repeat(40), '"\\\\', '"a', "1e", "123456789012345"])(
    "is refused in time in proportion to many %j",
    (part) =>
      expectLinear(5_000, (size) => {
        try {
          parseJson(Buffer.from(`[1e9,${part.repeat(size)}`));
        } catch (error) {
          return error;
        }
        throw new Error("it was taken for JSON");
      }),
  );
});
