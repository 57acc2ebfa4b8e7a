import type { CommandWords } from "./words";

/** The script for fish, with a description of each word. */
export function fishCompletion(all: readonly CommandWords[]): string {
  const lines = all.flatMap(({ path, commands, options }) => {
    const here = `-n ${quoted(
      condition(
        path,
        commands.map(({ name }) => name),
      ),
    )}`;
    return [
      ...commands.map(({ name, about }) => `complete -c outbound ${here} -f -a ${name} -d ${quoted(about)}`),
      ...options.map(({ flags, about, values }) => {
        const names = flags.map((flag) => (flag.startsWith("--") ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`));
        const taken =
          values === undefined ? [] : values.length === 0 ? ["-r"] : ["-x", `-a ${quoted(values.join(" "))}`];
        return [`complete -c outbound ${here}`, ...names, ...taken, `-d ${quoted(about)}`].join(" ");
      }),
    ];
  });
  return [`# Completion of outbound for fish: outbound completion fish | source`, ...lines].join("\n");
}

/** A condition of fish: true after these commands and before any subcommand of theirs. */
function condition(path: string, below: readonly string[]): string {
  const seen = path
    .split(" ")
    .filter((word) => word !== "")
    .map((word) => `__fish_seen_subcommand_from ${word}`);
  const none = below.length === 0 ? [] : [`not __fish_seen_subcommand_from ${below.join(" ")}`];
  return [...seen, ...none].join("; and ") || "true";
}

const quoted = (text: string) => `'${text.replace(/\\/g, "\\\\").replace(/'/g, "\\'").replace(/\s+/g, " ")}'`;
