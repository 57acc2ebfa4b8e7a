import type { Schema } from "../../lib/terraform-plugin/schema";
import { attributeSections } from "./attribute-list";
import type { Example, Kind } from "./examples";

/** An older terraform, which checks the blocks of all pages, takes no such block. */
const NOT_CHECKED = "<!-- not checked: actions need Terraform 1.14 -->\n\n";

export interface SchemaPage {
  readonly kind: Kind;
  readonly schema: Schema;
  readonly example: Example;
  /** A longer example in `examples/`, in which one is part of a whole: its folder. */
  readonly wholeExample?: string;
  /** The section on imports; absent where nothing can be said of them. */
  readonly imports?: string;
}

/** The reference page of one resource, data source, ephemeral resource or action. */
export function schemaPage({ kind, schema, example, wholeExample, imports }: SchemaPage): string {
  const listed = (checks: Schema["checks"] = []) => checks.map((check) => `- ${check.describes}`).join("\n");
  const [checks, creationChecks] = [listed(schema.checks), listed(schema.creationChecks)];
  return [
    `# ${schema.type} (${kind})`,
    schema.description,
    "## Example",
    `${kind === "action" ? NOT_CHECKED : ""}\`\`\`terraform\n${example.hcl}\n\`\`\``,
    "The same with CDKTF:",
    `\`\`\`ts\n${example.typescript}\n\`\`\``,
    ...(wholeExample === undefined
      ? []
      : [`As part of a whole: [examples/${wholeExample}](../../../examples/${wholeExample}).`]),
    "## Attributes",
    attributeSections(schema.attributes),
    ...(checks === "" ? [] : ["## Checked at synth, validate and plan", checks]),
    ...(creationChecks === "" ? [] : ["## Checked by the plan of a new one", creationChecks]),
    ...(imports === undefined ? [] : [imports]),
  ].join("\n\n");
}
