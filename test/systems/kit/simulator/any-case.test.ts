import * as z from "../../../../lib/core/zod";
import { inContractCase } from "../../../../lib/systems/kit/simulator/any-case";

const contract = z.strictObject({
  settings: z.array(z.strictObject({ key: z.string(), value: z.nullish(z.string()) })),
  model: z.optional(z.strictObject({ UserName: z.optional(z.string()) })),
});

it("spells names as the contract does, at every depth", () => {
  const sent = { Settings: [{ Key: "a", VALUE: "b" }], MODEL: { username: "u" } };
  expect(inContractCase(contract, sent)).toEqual({ settings: [{ key: "a", value: "b" }], model: { UserName: "u" } });
});

it("leaves what the contract does not know, so that it can be refused", () => {
  const read = inContractCase(contract, { settings: [], Surprise: 1 });
  expect(read).toEqual({ settings: [], Surprise: 1 });
  expect(contract.safeParse(read).success).toBe(false);
});

it.each([undefined, null, "text", 7, [1]])("leaves %p as it is", (value) => {
  expect(inContractCase(contract, value)).toEqual(value);
});
