import { Command, Help, type AddHelpTextContext, type AddHelpTextPosition } from "commander";
import { toned } from "../core/styled";
import { forCommand, type TerraformCommand } from "../core/terraform-text";
import { layOut } from "./layout";
import type { Terminal } from "./terminal";

/** A command whose help breaks its lines where the terminal wants it and nowhere else. */
export class LaidOutCommand extends Command {
  /** What examples call it. */
  terraform: TerraformCommand = "terraform";

  override createCommand(name?: string): LaidOutCommand {
    return new LaidOutCommand(name);
  }

  /** Neighbouring lines of `text` that are not set in are one paragraph. */
  override addHelpText(position: AddHelpTextPosition, text: string | ((context: AddHelpTextContext) => string)): this {
    return super.addHelpText(position, (context) => {
      const output = this.configureOutput();
      const width = context.error ? output.getErrHelpWidth?.() : output.getOutHelpWidth?.();
      const given = typeof text === "string" ? text : text(context);
      return layOut(paragraphs(forCommand(this.terraform, given)), { width, colour: false, hang: 0 });
    });
  }
}

/** Tells a command how wide its help is, whether it has colours, and what it calls Terraform. */
export function showHelpOn(terminal: Terminal, command: Command, terraform: TerraformCommand): void {
  if (command instanceof LaidOutCommand) command.terraform = terraform;
  command.configureOutput({
    getOutHelpWidth: () => terminal.helpWidth("out"),
    getErrHelpWidth: () => terminal.helpWidth("err"),
    getOutHasColors: () => terminal.look("out").colour,
    getErrHasColors: () => terminal.look("err").colour,
  });
  command.configureHelp({
    minWidthToWrap: 16,
    commandDescription: (one) => paragraphs(forCommand(terraform, one.description())),
    // Of a command that is not loaded (see command-list.ts) the arguments are not known.
    subcommandTerm: (one) => (one.parent?.parent ? Help.prototype.subcommandTerm(one) : one.name()),
    optionDescription: (option) => forCommand(terraform, Help.prototype.optionDescription(option)),
    // Commander takes the colours away again where there are none.
    styleTitle: (title) => layOut([toned("strong", title)], { width: undefined, colour: true }),
  });
}

/** Lines as they stand in the source, without the breaks inside paragraphs. */
function paragraphs(text: string): string {
  return text.replace(/(?<=\S)\n(?=\S)/g, (_, at: number) => {
    const line = text.slice(text.lastIndexOf("\n", at - 1) + 1, at);
    return /^\s/.test(line) ? "\n" : " ";
  });
}
