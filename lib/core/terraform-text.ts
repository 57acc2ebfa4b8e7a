import { printableLine } from "./printable";

/** Advice of problems and reviews: what to write or to run, in one spelling. It never destroys anything. */

/** Stands for the name in the configuration, which a provider never learns. */
const NAME = "NAME";

/** The name of the program that people run. */
export type TerraformCommand = "terraform" | "tofu";

const COMMANDS =
  /\bterraform (?=(?:apply|destroy|fmt|import|init|output|plan|providers|show|state|test|untaint|validate)\b)/g;

/** Whether an advice names a command to run. */
export const namesCommand = (advice: string): boolean => advice.search(COMMANDS) >= 0;

/** Rewrites the commands in an advice, which are written for `terraform`, for the program in use. */
export const forCommand = (command: TerraformCommand, advice: string): string =>
  command === "terraform" ? advice : advice.replace(COMMANDS, `${command} `);

/** The address of a resource: `outbound_uipath_webhook.NAME`. */
export const addressOf = (type: string, name = NAME) => `${type}.${name}`;

/**
 * The command that imports an existing object into the state. `address` is its address in the configuration, when that is
 * known.
 */
export const importCommand = (type: string, id: string, address = addressOf(type)) =>
  `terraform import ${shellWord(address)} ${shellWord(id)}`;

/** The command that makes Terraform forget an object that continues to exist. */
export const forgetCommand = (type: string, address = addressOf(type)) => `terraform state rm ${shellWord(address)}`;

/** The block that tells Terraform that an object has moved to another address. */
export const movedBlock = (from: string, to: string) =>
  `moved {\n  from = ${printableLine(from)}\n  to   = ${printableLine(to)}\n}`;

/** The CDKTF call for such a move, on the construct's resource at the new address. */
export const moveFromIdCall = (from: string) => `moveFromId(${JSON.stringify(from)})`;

/** The CDKTF call for an import, on the construct's resource. */
export const importFromCall = (id: string) => `importFrom(${JSON.stringify(id)})`;

/** The block that replaces a resource and makes Terraform forget its object without deleting it. */
export const removedBlock = (address: string) =>
  `removed {\n  from = ${printableLine(address)}\n\n  lifecycle {\n    destroy = false\n  }\n}`;

/** Advises, as part of a sentence, how a resource releases an object that something else shall manage. */
export const letGoAdvice = (type: string) =>
  `let that one go without deleting it (a \`removed\` block with \`lifecycle { destroy = false }\`, or \`${forgetCommand(type)}\`)`;

/** Quotes a word for a shell: unchanged where the shell would leave it alone, else in single quotes. */
export function shellWord(text: string): string {
  return /^[\w./:@%+,=-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

/** Terraform's own words for an unknown value in a plan. */
export const KNOWN_AFTER_APPLY = "(known after apply)";
