import { Command, Help, type AddHelpTextContext, type AddHelpTextPosition } from "commander";
import { toned } from "../core/styled";
import { forCommand, type TerraformCommand } from "../core/terraform-text";
import { layOut } from "./layout";
import type { Terminal } from "./terminal";

/** A command whose help breaks its lines only where the terminal needs it. */
export class LaidOutCommand extends Command {
  /** Terraform's name in the examples. */
  terraform: TerraformCommand = "terraform";

  override createCommand(name?: string): LaidOutCommand {
    return new LaidOutCommand(name);
  }

  /** Neighbouring lines of `text` without indentation form one paragraph. */
  override addHelpText(position: AddHelpTextPosition, text: string | ((context: AddHelpTextContext) => string)): this {
    return super.addHelpText(position, (context) => {
      const output = this.configureOutput();
      const width = context.error ? output.getErrHelpWidth?.() : output.getOutHelpWidth?.();
      const given = typeof text === "string" ? text : text(context);
      return layOut(paragraphs(forCommand(this.terraform, given)), { width, colour: false, hang: 0 });
    });
  }
}

/** Sets the width, the colours and Terraform's name for a command's help. */
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
    // The arguments of a command that is not loaded (see command-list.ts) are not known.
    subcommandTerm: (one) => (one.parent?.parent ? Help.prototype.subcommandTerm(one) : one.name()),
    optionDescription: (option) => forCommand(terraform, Help.prototype.optionDescription(option)),
    // Commander removes the colours where there are none.
    styleTitle: (title) => layOut([toned("strong", title)], { width: undefined, colour: true }),
  });
}

/** Joins the lines of each paragraph. */
function paragraphs(text: string): string {
  return text.replace(/(?<=\S)\n(?=\S)/g, (_, at: number) => {
    const line = text.slice(text.lastIndexOf("\n", at - 1) + 1, at);
    return /^\s/.test(line) ? "\n" : " ";
  });
}
