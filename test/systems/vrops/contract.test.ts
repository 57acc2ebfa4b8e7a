import { plugins, rules } from "../../../lib/systems/vrops/contract";

test.each([
  ["plugins", plugins, "notificationPluginInstances"],
  ["rules", rules, "rules"],
])("an object without the list of %s is no empty list", (_, schema, member) => {
  expect(schema.safeParse({}).success).toBe(false);
  expect(schema.safeParse({ [member]: [] }).success).toBe(true);
  expect(schema.safeParse({ [member]: null }).success).toBe(true);
});
