import type { CommandWords } from "./words";

/** The script for bash; where no word of ours fits, it completes file names. */
export function bashCompletion(all: readonly CommandWords[]): string {
  const paths = all.filter(({ path }) => path !== "").map(({ path }) => path);
  const values = all.flatMap(({ path, options }) =>
    options.flatMap(({ flags, values: choices }) =>
      choices === undefined ? [] : flags.map((flag) => ({ key: `${path}:${flag}`, choices })),
    ),
  );
  return `# Completion of outbound for bash: eval "$(outbound completion bash)"
_outbound() {
  local current="\${COMP_WORDS[COMP_CWORD]}" before="\${COMP_WORDS[COMP_CWORD - 1]}" path="" word words=""
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "\${path:+$path }$word" in
      ${paths.map((path) => `"${path}"`).join(" | ")}) path="\${path:+$path }$word" ;;
    esac
  done
  COMPREPLY=()
  case "$path:$before" in
${values.map(({ key, choices }) => `    "${key}") ${choices.length === 0 ? "return" : `COMPREPLY=($(compgen -W "${choices.join(" ")}" -- "$current")); return`} ;;`).join("\n")}
  esac
  case "$path" in
${all.map((one) => `    "${one.path}") words="${everyWord(one).join(" ")}" ;;`).join("\n")}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -o default -F _outbound outbound`;
}

const everyWord = ({ commands, options }: CommandWords): readonly string[] => [
  ...commands.map(({ name }) => name),
  ...options.flatMap(({ flags }) => flags),
];
