import type { Command } from "commander";

/** The words that may follow one command. */
export interface CommandWords {
  /** `provider install`; empty for the program itself. */
  readonly path: string;
  readonly commands: readonly { readonly name: string; readonly about: string }[];
  readonly options: readonly OptionWords[];
}

export interface OptionWords {
  /** `--stage`, and `-V` where there is a short form. */
  readonly flags: readonly string[];
  readonly about: string;
  /** Undefined for a switch; empty where any value is allowed. */
  readonly values: readonly string[] | undefined;
}

/** Lists every command with its words, read from the program itself, so that nothing is listed twice. */
export function wordsOf(command: Command, path = ""): readonly CommandWords[] {
  const commands = command.commands.map((one) => ({ name: one.name(), about: one.summary() || oneLine(one) }));
  const options = command.options
    .filter(({ hidden }) => !hidden)
    .map(({ short, long, description, required, optional, argChoices }) => ({
      flags: [short, long].filter((flag) => flag !== undefined),
      about: description,
      values: required || optional ? (argChoices ?? []) : undefined,
    }));
  const help = { flags: ["--help"], about: "print the help", values: undefined };
  return [
    { path, commands, options: [...options, help] },
    ...command.commands.flatMap((one) => wordsOf(one, `${path} ${one.name()}`.trim())),
  ];
}

const oneLine = (command: Command) => command.description().split("\n", 1)[0]!;
