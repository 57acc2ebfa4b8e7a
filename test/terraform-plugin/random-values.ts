import { Decimal, Dynamic, UNKNOWN, type Type, type Value } from "../../lib/terraform-plugin/values";
import { pick, upTo, type Random } from "../support/random";

/** Types and values for property tests: the same seed, the same sequence. */
export { seeded } from "../support/random";

const times = <T>(random: Random, most: number, make: (index: number) => T) =>
  Array.from({ length: upTo(random, most + 1) }, (_, index) => make(index));

const NAMES = ["id", "name", "port", "tags", "größe", "a_rather_long_attribute_name_of_40_bytes"];

export function randomType(random: Random, depth: number, inSet = false): Type {
  const kinds = ["string", "number", "bool"] as const;
  if (depth === 0) return pick(random, kinds);
  const inner = () => randomType(random, depth - 1, inSet);
  switch (upTo(random, 8)) {
    case 0:
      return ["list", inner()];
    case 1:
      return ["set", randomType(random, depth - 1, true)];
    case 2:
      return ["map", inner()];
    case 3:
      return ["tuple", times(random, 3, inner)];
    case 4:
    case 5:
      return ["object", Object.fromEntries(NAMES.filter(() => random() < 0.6).map((name) => [name, inner()]))];
    case 6:
      return inSet ? "string" : "dynamic";
    default:
      return pick(random, kinds);
  }
}

export function randomValue(random: Random, type: Type, known = false): Value {
  if (random() < 0.1) return null;
  if (!known && random() < 0.1) return UNKNOWN;
  const inner = (of: Type) => randomValue(random, of, known);
  switch (type) {
    case "string":
      return pick(random, ["", "x", "relay.example.com", "Grüße", "日本語", "😀", '"\\\n', "y".repeat(300), "\u0000"]);
    case "bool":
      return random() < 0.5;
    case "number":
      return pick<Value>(random, [
        upTo(random, 100),
        -upTo(random, 2 ** 40),
        0.1,
        -2.5,
        1e-7,
        2n ** 60n,
        -(10n ** 30n),
        new Decimal("0.12345678901234567890123"),
      ]);
    case "dynamic": {
      const of = randomType(random, 2, true);
      return new Dynamic(of, inner(of));
    }
  }
  switch (type[0]) {
    case "list":
    case "set":
      return times(random, 4, () => inner(type[1]));
    case "map":
      return Object.fromEntries(times(random, 4, (index) => [pick(random, NAMES) + index, inner(type[1])]));
    case "tuple":
      return type[1].map(inner);
    case "object":
      return Object.fromEntries(Object.entries(type[1]).map(([name, of]) => [name, inner(of)]));
  }
}
