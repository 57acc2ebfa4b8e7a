import { outboundCommand, everyCommand, runCommandLine } from "../../lib/cli/program";
import { commandExits, ExitCode, exitCodeHelp, exitsOf } from "../../lib/cli/exit-code";
import { Runner } from "../../lib/cli/runner";
import type { InitialSurroundings } from "../../lib/cli/surroundings";
import { mailExits } from "../../lib/mail/diagnosis/exit-codes";

const surroundings = (): InitialSurroundings => ({
  out: () => undefined,
  err: () => undefined,
  environment: {},
  homeDirectory: "/nowhere",
  workingDirectory: "/nowhere",
  nodeVersion: "20.11.0",
  platform: "linux",
  interrupted: new AbortController().signal,
});

/** Names of all commands that do something, as they stand on the command line. */
async function commandNames(): Promise<string[]> {
  return everyCommand(await outboundCommand(new Runner(surroundings())))
    .filter((command) => command.parent !== null && command.commands.length === 0)
    .map((command) =>
      (command.parent!.parent === null ? [] : [command.parent!.name()]).concat(command.name()).join(" "),
    );
}

it("has a row for every command, and for no other", async () => {
  const names = await commandNames();
  expect(names).toContain("reconcile detect");
  expect(Object.keys(commandExits).sort()).toEqual([...names].sort());
});

it.each(Object.keys(commandExits))(
  "%s refuses an option that it does not have with the code of a wrong command line",
  async (name) => {
    const code = await runCommandLine([...name.split(" "), "--no-such-option"], surroundings());
    expect(code).toBe(/^(reconcile|watch)\b/.test(name) ? ExitCode.failed : ExitCode.usage);
  },
);

it("knows every code that the commands can end with", () => {
  const named = Object.values(commandExits)
    .flatMap(exitsOf)
    .map(([code]) => code);
  for (const code of [ExitCode.forbidden, ExitCode.drift]) expect(named).toContain(String(code));
  const stages = mailExits.map(({ code }) => code).filter((code) => code >= 10 && code !== ExitCode.interrupted);
  expect(named).toContain(`${Math.min(...stages)}-${Math.max(...stages)}`);
});

it("shows all of them in lines that fit a terminal of 120 columns", () => {
  for (const meaning of Object.values(commandExits).flatMap(exitsOf)) expect(exitCodeHelp).toContain(meaning[1]);
  for (const line of exitCodeHelp.split("\n")) expect(line.length).toBeLessThanOrEqual(120);
});
