import { outboundProvider } from "../../lib/provider/definition";
import type { Resource } from "../../lib/terraform-plugin/resource";
import { defineSchema, identityOf, string } from "../../lib/terraform-plugin/schema";

const schemas = outboundProvider.resources.map(({ handler }) => handler.schema);

describe.each(schemas.map((schema) => [schema.type, schema] as const))("the identity of %s", (_type, schema) => {
  const { identity, attributes } = schema;

  it("is declared, so that ownership can be decided, or it is said why there is none", () => {
    if ("none" in identity) expect(identity.none).toMatch(/\w+ \w+/);
    else expect(identity).toMatchObject({ twins: expect.any(Boolean) as boolean });
  });

  it("is made of what the user declares or the provider fills in, never of a secret", () => {
    for (const name of identityOf(schema)?.attributes ?? []) {
      expect(attributes[name]).toMatchObject({ presence: expect.not.stringMatching(/^computed$/) as string });
      expect(attributes[name]?.sensitive ?? attributes[name]?.writeOnly ?? false).toBe(false);
    }
  });
});

it("is lacked by the test mail alone", () => {
  expect(schemas.filter((schema) => identityOf(schema) === undefined).map(({ type }) => type)).toEqual([
    "outbound_test_email",
  ]);
});

it("names attributes of its schema only", () => {
  const attributes = { name: string("required", { description: "The name." }) };
  const named = { attributes: ["name"], twins: false } as const;
  expect(defineSchema({ type: "a", description: "A.", attributes, identity: named }).identity).toBe(named);
  // @ts-expect-error there is no attribute `nmae`
  defineSchema({ type: "b", description: "B.", attributes, identity: { attributes: ["nmae"], twins: false } });
});

it("is asked of resources by the compiler, and of nothing that only reads", () => {
  const attributes = { name: string("required", { description: "The name." }) };
  const without = defineSchema({ type: "a", description: "A.", attributes });
  const reasoned = defineSchema({
    type: "a",
    description: "A.",
    attributes,
    identity: { none: "each is another one" },
    importIdentity: { forms: [["name"]] },
  });
  const handlers = { create: async () => ({ name: "a" }), read: async () => null, delete: async () => undefined };
  // @ts-expect-error nothing says what makes two of them the same, nor why nothing does
  const resource: Resource<typeof without> = { schema: without, ...handlers };
  const other: Resource<typeof reasoned> = { schema: reasoned, ...handlers };
  expect([resource, other].map(({ schema }) => identityOf(schema))).toEqual([undefined, undefined]);
});
