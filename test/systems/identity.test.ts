import { systems } from "../../lib/systems";
import { defineSchema, string } from "../../lib/terraform-plugin/schema";

describe.each(systems.flatMap(({ resources }) => resources).map(({ schema }) => [schema.type, schema] as const))(
  "the identity of %s",
  (_type, { identity, attributes }) => {
    it("is declared, so that ownership can be decided", () => {
      expect(identity).toMatchObject({
        attributes: expect.any(Array) as string[],
        twins: expect.any(Boolean) as boolean,
      });
    });

    it("is made of what the user declares or the provider fills in, never of a secret", () => {
      for (const name of identity?.attributes ?? []) {
        expect(attributes[name]).toMatchObject({ presence: expect.not.stringMatching(/^computed$/) as string });
        expect(attributes[name]?.sensitive ?? attributes[name]?.writeOnly ?? false).toBe(false);
      }
    });
  },
);

it("names attributes of its schema only", () => {
  const attributes = { name: string("required", { description: "The name." }) };
  const named = { attributes: ["name"], twins: false } as const;
  expect(defineSchema({ type: "a", description: "A.", attributes, identity: named }).identity).toBe(named);
  // @ts-expect-error there is no attribute `nmae`
  defineSchema({ type: "b", description: "B.", attributes, identity: { attributes: ["nmae"], twins: false } });
});
