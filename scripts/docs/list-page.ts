import { PROVIDER_NAME } from "../../lib/package/identity";
import type { Schema } from "../../lib/terraform-plugin/schema";
import { attributeSections } from "./attribute-list";

/** The reference page of one list resource. */
export function listPage({ type, description, attributes }: Schema, example: string | undefined): string {
  const names = Object.keys(attributes);
  const config =
    example === undefined
      ? ""
      : `\n\n  config {\n    ${names.map((name) => `${name} = "${example}"`).join("\n    ")}\n  }`;
  return [
    `# ${type} (list resource)`,
    description,
    "Terraform 1.14 and newer ask for it with `terraform query`, from files whose names end with `.tfquery.hcl`. It only reads. What this login may not see is an error, never an empty list.",
    "## Example",
    "<!-- not checked: `list` blocks are Terraform 1.14, and stand in files of their own -->",
    `\`\`\`terraform
list "${type}" "all" {
  provider = ${PROVIDER_NAME}${config}
}
\`\`\``,
    "`terraform query` prints identity and name of each. The next command writes a resource with its `import` block for each into a file, which `terraform apply` then adopts:",
    "<!-- not checked: a command of Terraform 1.14 -->",
    "```shell\nterraform query -generate-config-out=found.tf\n```",
    "With `include_resource = true` the written resources have their attributes; secrets are in none. `limit` says how many are listed at most (100 unless it does).",
    "## Attributes of `config`",
    names.length === 0 ? "None: the provider's settings say where to look." : attributeSections(attributes),
    `The resource: [${type}](../resources/${type}.md).`,
  ].join("\n\n");
}
