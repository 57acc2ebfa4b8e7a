import type { SystemResource } from "../../lib/systems/kit/system";
import { identityLines } from "./identity-block";
import { table } from "./markdown";

/** How an object comes under code, and where its import id is found. */
export function importSection({ words, schema, inventory }: ImportFacts, hcl: string): string {
  const { type, importId, system, where } = words;
  if ("none" in importId) return `## Import\n\nCannot be imported. ${importId.none}`;
  const label = new RegExp(`^resource "${type}" "([^"]+)"`, "m").exec(hcl)?.[1];
  if (label === undefined) throw new Error(`the example of ${type} declares none`);
  return [
    "## Import",
    `The import id is ${text(importId.form)}. ${system.title} has it here: ${text(where)}. Its API: ${importId.shownBy}.` +
      (inventory
        ? ` \`outbound import --list --system ${system.name}\` prints it beside the name of each object.`
        : ""),
    `<!-- continues -->`,
    `\`\`\`terraform
import {
  to = ${type}.${label}
  id = "${importId.example}"
}
\`\`\``,
    `With CDKTF: \`.importFrom("${importId.example}")\` on the construct. From the shell:`,
    `\`\`\`shell
terraform import ${type}.${label} ${importId.example}
\`\`\``,
    "Terraform 1.12 and newer take the parts of the id as well. They are the *identity* of the resource, which Terraform keeps beside its state; it stays the same until the object is replaced:",
    "<!-- not checked: `identity` is Terraform 1.12 -->",
    `\`\`\`terraform
import {
  to = ${type}.${label}
  identity = {
    ${identityLines(schema, importId.example).join("\n    ")}
  }
}
\`\`\``,
    ...(inventory
      ? [`\`terraform query\` (1.14 and newer) lists what there is: [list resource](../list-resources/${type}.md).`]
      : []),
  ].join("\n\n");
}

export interface ImportFacts extends Pick<SystemResource, "words" | "schema"> {
  /** Whether `outbound import` lists them. */
  readonly inventory: boolean;
}

/** Every import id on one page. */
export function importIdPage(all: readonly ImportFacts[]): string {
  const rows = all.map(({ words: { type, importId, where, system } }) => [
    `[${type}](resources/${type}.md#import)`,
    ...("none" in importId
      ? ["none", text(where), "no API"]
      : [`${text(importId.form)}: \`${importId.example}\``, `${system.title}: ${text(where)}`, importId.shownBy]),
  ]);
  return [
    "# Import ids",
    "An import id names one object in `terraform import`, in an `import` block and in `importFrom`. It is the `id` of the resource in a state, too.",
    `\`\`\`console
outbound import --list                    # all systems that are configured
outbound import --list --system vrops     # only one
outbound import --list --ovh-service pcc-192-0-2-10
\`\`\``,
    "prints name and import id of everything that exists, by the same logins as a deployment; it only reads. Without `--list` it writes the code with its imports: `outbound import --help` says how. By hand:",
    table(["resource", "import id", "where people see the object", "what the API answers"], rows),
  ].join("\n\n");
}

/** What is written for the console, in Markdown: there `<flow_id>` is a tag. */
const text = (words: string) => words.replaceAll("<", "&lt;");
