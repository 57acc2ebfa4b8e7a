import { ProblemError, type Problem } from "../../../lib/core/problem";
import { readDynamicValue, writeDynamicValue } from "../../../lib/terraform-plugin/dynamic-value";
import { defineFunction } from "../../../lib/terraform-plugin/function";
import type { Value } from "../../../lib/terraform-plugin/values";
import { BROKEN, providerLab } from "../provider-lab";

const problem: Problem = { code: "lab/x", severity: "error", summary: "The lab refused", got: "a", fix: "Ask." };
let refused: ProblemError | undefined;

const greet = defineFunction({
  name: "greet",
  summary: "a greeting",
  description: "Greets.",
  parameters: [
    { name: "whom", type: "string", description: "Whom." },
    { name: "times", type: "number", description: "How often." },
    { name: "key", type: "string", description: "…", sensitive: true },
  ],
  returns: "string",
  call([whom, times, key]) {
    if (refused !== undefined) throw refused;
    if (whom === "nobody") throw new TypeError(`no ${key}`);
    return `${whom} `.repeat(Number(times)).trim();
  },
});
const { ask } = providerLab({ functions: [greet] });
const argument = (value: Value) => ({
  json: new Uint8Array(),
  ...writeDynamicValue(typeof value === "number" ? "number" : "string", value),
});

async function called(name: string, args: readonly object[]) {
  const answer = await ask("CallFunction", { name, arguments: args });
  const error = answer["error"] as { readonly text: string; readonly function_argument?: number } | undefined;
  return { result: readDynamicValue("string", answer["result"] as never), error };
}
const greeted = (whom: Value = "you", times: Value = 2, key: Value = "hunter2-hunter2") =>
  called("greet", [argument(whom), argument(times), argument(key)]);

beforeEach(() => (refused = undefined));

describe("a call that is refused gives nothing", () => {
  it("of a function that there is none of, and names those that there are", async () => {
    const { result, error } = await called("shout", []);
    expect(result).toBeNull();
    expect(error!.text).toMatch(/no such function[^]*Got: shout\nExpected: greet/);
    expect(error!.function_argument).toBeUndefined();
  });

  it("of a provider without any, and says that", async () => {
    const answer = await providerLab({}).ask("CallFunction", { name: "greet", arguments: [] });
    expect((answer["error"] as { readonly text: string }).text).toContain("none: it has no functions");
  });

  it.each([2, 4])("with %i arguments in place of three", async (count) => {
    const { result, error } = await called(
      "greet",
      Array.from({ length: count }, () => argument("a")),
    );
    expect(result).toBeNull();
    expect(error!.text).toContain(`Got: ${count}\nExpected: 3: whom, times, key`);
  });

  it("with an argument that does not decode", async () => {
    const { result, error } = await called("greet", [argument("you"), BROKEN, argument("k")]);
    expect(result).toBeNull();
    expect(error!.text).not.toContain("defect");
  });

  it.each([
    ["whom", 0],
    ["times", 1],
    ["key", 2],
  ])("by what is wrong with %s is shown at that argument, which the text does not say again", async (name, index) => {
    refused = new ProblemError({ ...problem, path: [name] });
    const { error } = await greeted();
    expect(error!.function_argument).toBe(index);
    expect(error!.text).toMatch(/^The lab refused\n/);
  });

  it.each([undefined, ["elsewhere"]])("by anything else is shown at none (%j)", async (path) => {
    refused = new ProblemError({ ...problem, ...(path && { path }) });
    expect((await greeted()).error).not.toHaveProperty("function_argument");
  });

  it("says all that was found", async () => {
    refused = new ProblemError(problem, { ...problem, summary: "And once more" });
    expect((await greeted()).error!.text).toMatch(/The lab refused[^]*\n\nAnd once more/);
  });

  it("by a mistake of the function's own says what it was doing, and no secret", async () => {
    const { error } = await greeted("nobody");
    expect(error!.text).toContain("The provider failed to call the function greet");
    expect(error!.text).not.toContain("hunter2");
  });
});

it("gives the result of its arguments", async () => {
  expect(await greeted()).toEqual({ result: "you you", error: undefined });
});
