import { printableLine } from "./printable";

/** What problems and reviews tell people to write or run, so that every advice is spelled alike. Advice never destroys. */

/** Stands for the name in the configuration, which a provider never learns. */
const NAME = "NAME";

/** What the program is called that people run. */
export type TerraformCommand = "terraform" | "tofu";

const COMMANDS =
  /\bterraform (?=(?:apply|destroy|fmt|import|init|output|plan|providers|show|state|test|untaint|validate)\b)/g;

/** Whether an advice names a command to run. */
export const namesCommand = (advice: string): boolean => advice.search(COMMANDS) >= 0;

/** An advice with the commands as the program in use is called; they are written for `terraform`. */
export const forCommand = (command: TerraformCommand, advice: string): string =>
  command === "terraform" ? advice : advice.replace(COMMANDS, `${command} `);

/** `outbound_uipath_webhook.NAME`. */
export const addressOf = (type: string, name = NAME) => `${type}.${name}`;

/** The command that takes an existing object into the state. `address` is as in the configuration, when it is known. */
export const importCommand = (type: string, id: string, address = addressOf(type)) =>
  `terraform import ${shellWord(address)} ${shellWord(id)}`;

/** The command that makes Terraform forget an object that goes on existing. */
export const forgetCommand = (type: string, address = addressOf(type)) => `terraform state rm ${shellWord(address)}`;

/** The block that tells Terraform that an object has another address now. */
export const movedBlock = (from: string, to: string) =>
  `moved {\n  from = ${printableLine(from)}\n  to   = ${printableLine(to)}\n}`;

/** The same for CDKTF, called on the construct's resource at the new address. */
export const moveFromIdCall = (from: string) => `moveFromId(${JSON.stringify(from)})`;

/** What imports in CDKTF, called on the construct's resource. */
export const importFromCall = (id: string) => `importFrom(${JSON.stringify(id)})`;

/** The block, put in place of the resource, that makes Terraform forget an object without deleting it. */
export const removedBlock = (address: string) =>
  `removed {\n  from = ${printableLine(address)}\n\n  lifecycle {\n    destroy = false\n  }\n}`;

/** How a resource lets go of an object that something else shall manage, in one sentence's part. */
export const letGoAdvice = (type: string) =>
  `let that one go without deleting it (a \`removed\` block with \`lifecycle { destroy = false }\`, or \`${forgetCommand(type)}\`)`;

/** As it is where a shell would leave it alone, else in single quotes. */
export function shellWord(text: string): string {
  return /^[\w./:@%+,=-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

/** As Terraform's own plans say it. */
export const KNOWN_AFTER_APPLY = "(known after apply)";
