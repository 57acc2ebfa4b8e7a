import type { CommandWords } from "./words";

/** For fish, with what each word is about. */
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

/** True behind these commands and before any that belongs to them. */
function condition(path: string, below: readonly string[]): string {
  const seen = path
    .split(" ")
    .filter((word) => word !== "")
    .map((word) => `__fish_seen_subcommand_from ${word}`);
  const none = below.length === 0 ? [] : [`not __fish_seen_subcommand_from ${below.join(" ")}`];
  return [...seen, ...none].join("; and ") || "true";
}

const quoted = (text: string) => `'${text.replace(/\\/g, "\\\\").replace(/'/g, "\\'").replace(/\s+/g, " ")}'`;
