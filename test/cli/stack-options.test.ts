import { Command } from "commander";
import { fleetName, isFleet, parallelismOf, stackOptions, type StackOptions } from "../../lib/cli/stack-options";

function given(...argv: string[]) {
  let names: readonly string[] = [];
  const command = stackOptions(new Command()).action((some: string[]) => void (names = some));
  command.parse(argv, { from: "user" });
  return { names, parallelism: parallelismOf(command.opts<StackOptions>()) };
}

it("takes any number of stacks, four at a time", () => {
  expect(given()).toEqual({ names: [], parallelism: 4 });
  expect(given("a", "b-*", "--parallelism", "12")).toEqual({ names: ["a", "b-*"], parallelism: 12 });
});

it.each(["0", "-1", "101", "1.5", "many", ""])("refuses --parallelism %j", (text) =>
  expect(() => given("a", `--parallelism=${text}`)).toThrow(/--parallelism.*1 to 100/s),
);

it("makes one report of what may be several stacks, however many there are", () => {
  expect([[], ["a"]].map(isFleet)).toEqual([false, false]);
  expect([["a", "b"], ["a*"], ["*"]].map(isFleet)).toEqual([true, true, true]);
});

it("calls them as they were asked for, each once", () => expect(fleetName(["b-*", "a", "b-*"])).toBe("b-*, a"));
