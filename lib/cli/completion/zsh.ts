import { bashCompletion } from "./bash";
import type { CommandWords } from "./words";

/** The script for zsh, which runs bash's completion once it is asked to. */
export function zshCompletion(all: readonly CommandWords[]): string {
  const script = bashCompletion(all).split("\n").slice(1).join("\n");
  return `# Completion of outbound for zsh: eval "$(outbound completion zsh)"
(( $+functions[compdef] )) || { autoload -U compinit && compinit; }
autoload -U +X bashcompinit && bashcompinit
${script}`;
}
