import { Encoder, ExtData, decode as oracleDecode, encode as oracleEncode } from "@msgpack/msgpack";
import { ProblemError } from "../../lib/core/problem";
import { codecFor } from "../../lib/terraform-plugin/msgpack";
import { Decimal, Dynamic, UNKNOWN, Unknown, type Type, type Value } from "../../lib/terraform-plugin/values";
import { randomType, randomValue, seeded } from "./random-values";

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");
const bytes = (text: string) => Buffer.from(text.replace(/\s/g, ""), "hex");
const oracle = (value: unknown) => oracleEncode(value, { useBigInt64: true });

const FLOW: Type = ["object", { ip: "string", port: "number", enabled: "bool", tags: ["list", "string"] }];

function problemOf(action: () => unknown) {
  try {
    action();
  } catch (error) {
    expect(error).toBeInstanceOf(ProblemError);
    return (error as ProblemError).problems[0]!;
  }
  throw new Error("nothing was thrown");
}

describe("bytes that do not fit", () => {
  it.each<[string, Type, Uint8Array, string]>([
    ["a number for a string", "string", oracle(5), "string is required, got number"],
    ["a string for a number", "number", oracle("five"), 'number is required, got "five"'],
    ["a string for a bool", "bool", oracle("true"), "bool is required, got string"],
    ["a map for a list", ["list", "string"], oracle({}), "list is required, got map"],
    ["a list for a map", ["map", "string"], oracle([]), "map is required, got list"],
    ["a string for an object", FLOW, oracle("x"), "object is required, got string"],
    ["NaN", "number", bytes("cb7ff8000000000000"), "a finite number is required, got NaN"],
    ["infinity", "number", bytes("ca7f800000"), "a finite number is required, got Infinity"],
    ["too few attributes", FLOW, oracle({ ip: "x" }), "an object with 4 attributes is required, got one with 1"],
    [
      "an attribute of another schema",
      ["object", { a: "string" }],
      oracle({ b: "x" }),
      'an object with 1 attributes is required, got the attribute "b"',
    ],
    [
      "an attribute twice",
      ["object", { a: "string", b: "string" }],
      bytes("82 a162 a178 a162 a179"),
      'each attribute once is required, got "b" twice',
    ],
    ["a tuple of another length", ["tuple", ["string"]], oracle([]), "a tuple of 1 is required, got 0 elements"],
    ["a null key", ["map", "string"], bytes("81 c0 a178"), "a string key is required, got null"],
    ["an unknown key", ["map", "string"], bytes("81 d40000 a178"), "a string key is required, got an unknown value"],
    ["bytes behind the value", "string", bytes("a178 c0"), "one value is required, got 1 more bytes"],
    ["nothing at all", "string", bytes(""), "more data is required, got the end of the message"],
    ["a string that ends early", "string", bytes("a5 6162"), "more data is required, got the end of the message"],
    ["a length that ends early", "string", bytes("da 00"), "more data is required, got the end of the message"],
    [
      "a lying array header",
      ["list", "string"],
      bytes("dd ffffffff"),
      "more data is required, got the end of the message",
    ],
    ["a dynamic without a pair", "dynamic", oracle(["x"]), "a pair of type and value is required, got 1 elements"],
    [
      "a dynamic of no type",
      "dynamic",
      oracle([Buffer.from('"text"'), "x"]),
      'a Terraform type is required, got "text"',
    ],
    ["a dynamic of no JSON", "dynamic", oracle([Buffer.from("{"), "x"]), 'a Terraform type is required, got "{"'],
    ["a byte that msgpack never uses", "string", bytes("c1"), "string is required, got an unknown value"],
  ])("%s", (_name, type, wire, summary) => {
    expect(problemOf(() => codecFor(type).decode(wire))).toMatchObject({
      code: "terraform-plugin/unreadable-value",
      summary,
    });
  });

  it("name the path in Terraform's notation", () => {
    const type: Type = ["object", { flows: ["list", ["object", { tags: ["map", "string"] }]] }];
    const problem = problemOf(() => codecFor(type).decode(oracle({ flows: [{ tags: {} }, { tags: { a: 1 } }] })));
    expect(problem.summary).toBe('["flows"][1]["tags"]["a"]: string is required, got number');
    expect(problem.path).toEqual(["flows", 1, "tags", "a"]);
  });

  it("name the path once when attributes come in another order", () => {
    const type: Type = ["object", { a: "string", b: "string" }];
    expect(problemOf(() => codecFor(type).decode(bytes("82 a162 01 a161 a178"))).path).toEqual(["b"]);
  });

  it("never crash the process, whatever they are", () => {
    const random = seeded(7);
    const type = randomType(random, 3);
    const good = codecFor(type).encode(randomValue(random, type));
    for (let round = 0; round < 3_000; round++) {
      const garbage = Buffer.from(good);
      for (let i = 0; i < 3; i++) garbage[Math.floor(random() * garbage.length)] = Math.floor(random() * 256);
      try {
        codecFor(type).decode(garbage.subarray(0, Math.ceil(random() * garbage.length)));
      } catch (error) {
        expect(error).toBeInstanceOf(ProblemError);
      }
    }
  });

  it("do not exhaust the stack with a deep type", () => {
    const deep = '["list",'.repeat(5_000) + '"string"' + "]".repeat(5_000);
    expect(problemOf(() => codecFor("dynamic").decode(oracle([Buffer.from(deep), null]))).summary).toContain("levels");
  });
});

describe("values that do not fit", () => {
  it.each<[string, Type, unknown, string]>([
    ["a number for a string", "string", 5, "string is required, got number"],
    ["a string for a number", "number", "5", "number is required, got string"],
    ["a number for a bool", "bool", 1, "bool is required, got number"],
    ["an object for a list", ["list", "string"], {}, "list is required, got object"],
    ["a list for an object", FLOW, [], "object is required, got list"],
    ["a tuple of another length", ["tuple", ["string"]], ["a", "b"], "a tuple of 1 is required, got 2 elements"],
    ["NaN", "number", NaN, "a finite number is required, got NaN"],
    ["infinity", "number", -Infinity, "a finite number is required, got -Infinity"],
    ["a typeless value for a dynamic", "dynamic", "x", "a dynamic value with its type is required, got string"],
    ["a dynamic for a string", "string", new Dynamic("string", "x"), "string is required, got a dynamic string"],
  ])("%s", (_name, type, value, summary) => {
    expect(problemOf(() => codecFor(type).encode(value as Value))).toMatchObject({
      code: "terraform-plugin/unwritable-value",
      summary,
    });
  });

  it("name the path", () => {
    const type: Type = ["object", { flows: ["list", FLOW] }];
    const problem = problemOf(() => codecFor(type).encode({ flows: [{ port: "25" }] }));
    expect(problem.summary).toBe('["flows"][0]["port"]: number is required, got string');
  });

  it("are refused when they have an attribute that the schema does not have", () => {
    expect(problemOf(() => codecFor(FLOW).encode({ ip: "x", prot: 25 })).summary).toBe(
      'an object with 4 attributes is required, got the attribute "prot"',
    );
  });

  it("leave the codec usable", () => {
    expect(() => codecFor(FLOW).encode({ ip: "192.0.2.1", port: "25" })).toThrow(ProblemError);
    expect(hex(codecFor("string").encode("x"))).toBe("a178");
  });
});

describe("unknown values", () => {
  it("are any extension, whatever its number and length", () => {
    for (const wire of ["d40000", "d5630000", "c7000c", "c70100ff", "c80001 05 01", "d8 07" + "00".repeat(16)]) {
      expect(codecFor("string").decode(bytes(wire))).toBeInstanceOf(Unknown);
    }
  });

  it("keep what Terraform says about them", () => {
    // As terraform 1.11 sends `"b-${x.id}"`: not null, prefix "b-".
    expect(codecFor("string").decode(bytes("c7070c 82 01c2 02a2622d"))).toEqual(
      new Unknown({ notNull: true, prefix: "b-" }),
    );
    expect(codecFor(["list", "string"]).decode(bytes("c7070c 83 01c2 0501 0603"))).toEqual(
      new Unknown({ notNull: true, minLength: 1, maxLength: 3 }),
    );
  });

  it("pass over number ranges and refinements of the future", () => {
    expect(codecFor("number").decode(bytes("c70c0c 83 01c2 03 9205c3 63 81a16101"))).toEqual(
      new Unknown({ notNull: true }),
    );
    expect(codecFor("number").decode(bytes("c70d0c 83 01c2 03 9205c3 63 9201a16101"))).toEqual(
      new Unknown({ notNull: true }),
    );
  });

  it("stay unknown when their refinements make no sense", () => {
    expect(codecFor("string").decode(bytes("c7030c 8201ff"))).toEqual(UNKNOWN);
    expect(codecFor("string").decode(bytes("c7020c ffff"))).toEqual(UNKNOWN);
  });

  it("are always sent without refinements", () => {
    const type: Type = ["object", { a: "string", b: ["list", "number"], c: FLOW, d: "dynamic", e: ["map", "bool"] }];
    const refined = new Unknown({ notNull: true, prefix: "x" });
    expect(hex(codecFor(type).encode({ a: refined, b: refined, c: refined, d: refined, e: refined }))).toBe(
      "85a161d40000a162d40000a163d40000a164d40000a165d40000",
    );
  });
});

describe("each kind of value", () => {
  it.each<[string, Type, Value, string]>([
    ["null", "string", null, "c0"],
    ["an empty string", "string", "", "a0"],
    ["a string of 31 bytes", "string", "x".repeat(31), "bf" + "78".repeat(31)],
    ["a string of 32 bytes", "string", "x".repeat(32), "d920" + "78".repeat(32)],
    ["a short string of many bytes", "string", "ü".repeat(20), "d928" + "c3bc".repeat(20)],
    ["a string of 256 bytes", "string", "x".repeat(256), "da0100" + "78".repeat(256)],
    ["a string of 65536 bytes", "string", "x".repeat(65536), "db00010000" + "78".repeat(65536)],
    ["true", "bool", true, "c3"],
    ["false", "bool", false, "c2"],
    ["0", "number", 0, "00"],
    ["127", "number", 127, "7f"],
    ["128", "number", 128, "cc80"],
    ["256", "number", 256, "cd0100"],
    ["65536", "number", 65536, "ce00010000"],
    ["2^32", "number", 2 ** 32, "cf0000000100000000"],
    ["-1", "number", -1, "ff"],
    ["-33", "number", -33, "d0df"],
    ["-129", "number", -129, "d1ff7f"],
    ["-32769", "number", -32769, "d2ffff7fff"],
    ["-2^31-1", "number", -(2 ** 31) - 1, "d3ffffffff7fffffff"],
    ["a half", "number", 0.5, "cb3fe0000000000000"],
    // 0.1 is not the double 0.1: Terraform reads decimal text.
    ["a tenth", "number", 0.1, "a3302e31"],
    ["an integer beyond 2^53", "number", 9007199254740993n, "d30020000000000001"],
    [
      "an integer beyond 2^63",
      "number",
      9223372036854775808n,
      "b3" + Buffer.from("9223372036854775808").toString("hex"),
    ],
    [
      "a decimal",
      "number",
      new Decimal("123456789012345678901234567890.5"),
      "d920" + Buffer.from("123456789012345678901234567890.5").toString("hex"),
    ],
    ["an empty list", ["list", "string"], [], "90"],
    ["a list", ["list", "number"], [3, 1, 3], "93030103"],
    ["a map", ["map", "number"], { a: 1, b: 2 }, "82a16101a16202"],
    ["a tuple", ["tuple", ["string", "number"]], ["a", 1], "92a16101"],
    ["an object", ["object", { a: "number", b: "bool" }], { a: 1, b: null }, "82a16101a162c0"],
    ["a dynamic", "dynamic", new Dynamic("string", "x"), "92c40822737472696e6722a178"],
    ["a dynamic null of a type", "dynamic", new Dynamic("string", null), "92c40822737472696e6722c0"],
    ["a dynamic null", "dynamic", null, "c0"],
    ["a dynamic unknown of a type", "dynamic", new Dynamic("string", UNKNOWN), "92c40822737472696e6722d40000"],
  ])("%s goes both ways", (_name, type, value, wire) => {
    expect(hex(codecFor(type).encode(value))).toBe(wire);
    expect(codecFor(type).decode(bytes(wire))).toEqual(value);
  });

  it("a list of 16 and of 65536 elements take wider headers", () => {
    for (const length of [15, 16, 65535, 65536]) {
      const list = Array.from({ length }, () => true);
      const wire = codecFor(["list", "bool"]).encode(list);
      expect(hex(wire.subarray(0, 6))).toBe(hex(oracle(list).subarray(0, 6)));
      expect(codecFor(["list", "bool"]).decode(wire)).toHaveLength(length);
    }
  });

  it("numbers may come in any form", () => {
    const { decode } = codecFor("number");
    expect(decode(bytes("cb4014000000000000"))).toBe(5);
    expect(Object.is(decode(bytes("cb8000000000000000")), 0)).toBe(true);
    expect(decode(bytes("ca3fc00000"))).toBe(1.5);
    expect(decode(bytes("cfffffffffffffffff"))).toBe(18446744073709551615n);
    expect(decode(bytes("d38000000000000000"))).toBe(-9223372036854775808n);
    expect(decode(oracle("5e2"))).toBe(500);
    expect(decode(oracle("0.10"))).toBe(0.1);
    // A double that is not what it is printed as keeps its exact value.
    expect(decode(bytes("cb3fb999999999999a"))).toEqual(
      new Decimal("0.1000000000000000055511151231257827021181583404541015625"),
    );
  });

  it("strings are NFC both ways", () => {
    const decomposed = "e\u0301";
    expect(codecFor("string").decode(oracle(decomposed))).toBe("\u00e9");
    expect(hex(codecFor("string").encode(decomposed))).toBe("a2c3a9");
  });

  it("missing attributes are written as null", () => {
    expect(oracleDecode(codecFor(FLOW).encode({ ip: "192.0.2.1" }))).toEqual({
      enabled: null,
      ip: "192.0.2.1",
      port: null,
      tags: null,
    });
  });

  it("sets lose order and duplicates both ways", () => {
    const { encode, decode } = codecFor(["set", "string"]);
    expect(decode(oracle(["b", "a", "b"]))).toEqual(["a", "b"]);
    expect(oracleDecode(encode(["b", "a", "b"]))).toEqual(["a", "b"]);
  });

  it("sets keep unknown elements apart, as they may yet differ", () => {
    const type: Type = ["set", ["object", { id: "string", name: "string" }]];
    const twins = [
      { id: UNKNOWN, name: "a" },
      { id: UNKNOWN, name: "a" },
    ];
    expect(codecFor(type).decode(codecFor(type).encode(twins))).toEqual(twins);
  });

  it("a key called __proto__ is a key like any other", () => {
    const map = JSON.parse('{"__proto__":"x","a":"y"}') as Value;
    const read = codecFor(["map", "string"]).decode(codecFor(["map", "string"]).encode(map));
    expect(Object.keys(read as object)).toEqual(["__proto__", "a"]);
    expect(Object.getPrototypeOf(read)).toBe(Object.prototype);
  });

  it("decoded values do not change with the bytes they came from", () => {
    const wire = Buffer.from(oracle(["first", "second"]));
    const value = codecFor(["list", "string"]).decode(wire);
    wire.fill(0);
    expect(value).toEqual(["first", "second"]);
  });

  it("a value larger than the buffer makes it grow", () => {
    const large = Array.from({ length: 2_000 }, (_, index) => `${index}-${"x".repeat(2_000)}`);
    const { encode, decode } = codecFor(["list", "string"]);
    expect(decode(encode(large))).toEqual(large);
    expect(decode(encode(["small"]))).toEqual(["small"]);
  });
});

describe("random values", () => {
  it("come back as they were, and are what an independent decoder sees", () => {
    const random = seeded(42);
    for (let round = 0; round < 400; round++) {
      const type = randomType(random, 4);
      const codec = codecFor(type);
      const value = codec.decode(codec.encode(randomValue(random, type)));
      const wire = codec.encode(value);
      expect(codec.decode(wire)).toEqual(value);
      const seen = oracleDecode(wire, { useBigInt64: true });
      expect(codec.decode(new Encoder({ useBigInt64: true }).encode(seen))).toEqual(value);
    }
  });

  it("are read whatever the order of attributes", () => {
    const type: Type = ["object", { a: "string", b: "number", c: "bool" }];
    const wire = oracle({ c: true, a: "x", b: new ExtData(0, new Uint8Array(1)) });
    expect(codecFor(type).decode(wire)).toEqual({ a: "x", b: UNKNOWN, c: true });
  });
});
