import { namesOf, slug } from "../../lib/import/names";

const of = (...objects: { key: string; name: string; kind: string }[]) =>
  Object.fromEntries([...namesOf(objects)].map(([key, { id }]) => [key, id]));
const one = (key: string, name: string, kind = "flow") => ({ key, name, kind });

describe("slug", () => {
  it.each([
    ["Prod SMTP", "prod-smtp"],
    ["Ünïcode – naïve", "unicode-naive"],
    ["203.0.113.25:587", "n-203-0-113-25-587"],
    ["onCall", "on-call"],
    ["***", ""],
    [
      "Critical alerts of the production cluster in Roubaix to the people on call",
      "critical-alerts-of-the-production-cluster-in-roubaix-to-the-people-on-call",
    ],
    [`${"word ".repeat(30)}end`, Array<string>(24).fill("word").join("-")],
    ["x".repeat(300), "x".repeat(120)],
  ])("makes of %j %j", (text, expected) => expect(slug(text)).toBe(expected));
});

describe("namesOf", () => {
  it("takes the name alone where it is the only one", () =>
    expect(of(one("1", "Prod SMTP"), one("2", "Spare"))).toEqual({ 1: "prod-smtp", 2: "spare" }));

  it("tells kinds apart before it takes a digest", () =>
    expect(of(one("1", "Prod"), one("2", "Prod", "rule"))).toEqual({ 1: "prod-flow", 2: "prod-rule" }));

  it("gives objects of one name and kind names that do not depend on their order", () => {
    const forwards = of(one("1", "Prod"), one("2", "Prod"));
    expect(of(one("2", "Prod"), one("1", "Prod"))).toEqual(forwards);
    expect(new Set(Object.values(forwards)).size).toBe(2);
    expect(forwards["1"]).toMatch(/^prod-flow-[0-9a-f]{6}$/);
  });

  it("is not confused by a name that looks like another's longer form", () => {
    const names = of(one("1", "Prod"), one("2", "Prod", "rule"), one("3", "Prod flow", "rule"));
    expect(new Set(Object.values(names)).size).toBe(3);
  });

  it("makes constants that are not words of the language", () =>
    expect(namesOf([one("1", "default")]).get("1")).toEqual({ id: "default", label: "default", constant: "default1" }));

  it("names an object whose name has no letters by its kind", () => expect(of(one("1", "***"))).toEqual({ 1: "flow" }));
});
