import { Argument, type Command } from "commander";
import { bashCompletion } from "../completion/bash";
import { fishCompletion } from "../completion/fish";
import { wordsOf } from "../completion/words";
import { zshCompletion } from "../completion/zsh";
import { ExitCode } from "../exit-code";
import type { Runner } from "../runner";

const SHELLS = { bash: bashCompletion, zsh: zshCompletion, fish: fishCompletion };

const help = `
To have it in every shell, write one line into its start file:
  ~/.bashrc                    eval "$(outbound completion bash)"
  ~/.zshrc                     eval "$(outbound completion zsh)"
  ~/.config/fish/config.fish   outbound completion fish | source`;

/** `outbound completion`: a shell script that completes commands and options. */
export function completionCommand(command: Command, runner: Runner): void {
  command
    .description("Prints a script that completes the commands and options of outbound; made from the program itself.")
    .addArgument(new Argument("<shell>", "your shell").choices(Object.keys(SHELLS)))
    .addHelpText("after", help)
    .action((shell: keyof typeof SHELLS) =>
      runner.run(async ({ out }) => {
        out(SHELLS[shell](wordsOf(command.parent ?? command)));
        return ExitCode.ok;
      }),
    );
}
