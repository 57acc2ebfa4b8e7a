import { spawn } from "node:child_process";
import { once } from "node:events";
import { commandLineOf, commandThatRan, refreshes } from "../../lib/terraform-plugin/refresh";

test.each<[boolean, string, Record<string, string>]>([
  [true, "terraform plan", {}],
  [false, "terraform plan -refresh=false", {}],
  [false, "/usr/bin/tofu -chdir=stack apply --refresh=false -auto-approve", {}],
  [false, "terraform plan -refresh=0", {}],
  [true, "terraform plan -refresh=true", {}],
  [true, "terraform plan -refresh", {}],
  [true, "terraform plan -refresh-only", {}],
  [true, "terraform plan -var x=-refresh=false", {}],
  [false, "terraform plan", { TF_CLI_ARGS: "-no-color -refresh=false" }],
  [false, "terraform -chdir=stack plan", { TF_CLI_ARGS_plan: "-refresh=false" }],
  [true, "terraform apply", { TF_CLI_ARGS_plan: "-refresh=false" }],
  [true, "terraform plan -refresh=true", { TF_CLI_ARGS_plan: "-refresh=false" }],
  [true, "terraform plan", { TF_CLI_ARGS: "-refresh=true", TF_CLI_ARGS_plan: "-refresh=false" }],
  [false, "", { TF_CLI_ARGS: "-refresh=false" }],
  [true, "", {}],
])("%s: %s %j", (expected, commandLine, env) => {
  expect(refreshes(commandLine.split(" "), env)).toBe(expected);
});

test("tells the words of a command that runs, blanks in them included, and nothing of one that does not", async () => {
  const child = spawn(process.execPath, ["-e", "process.stdin.resume(); console.log()", "two words", "-refresh=false"]);
  await once(child.stdout, "data");
  expect(commandLineOf(child.pid!).slice(-2)).toEqual(["two words", "-refresh=false"]);
  child.kill("SIGKILL");
  await once(child, "close");
  expect(commandLineOf(child.pid!)).toEqual([]);
});

test.each([
  ["tofu", ["/usr/bin/tofu", "plan"]],
  ["tofu", ["tofu-1.12", "plan"]],
  ["terraform", ["terraform", "-chdir=tofu", "plan"]],
  ["terraform", ["/usr/bin/node", "provider", "--debug"]],
  ["terraform", []],
])("tells %s from the command line %j", (expected, words) => {
  expect(commandThatRan(words)).toBe(expected);
});
