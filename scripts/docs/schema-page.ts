import type { Schema } from "../../lib/terraform-plugin/schema";
import { attributeSections } from "./attribute-list";

export interface SchemaPage {
  readonly kind: "resource" | "data source" | "ephemeral resource";
  readonly schema: Schema;
  readonly example?: string;
  /** How an object is named in `terraform import`; absent when it cannot be imported. */
  readonly importId?: string;
}

/** The reference page of one resource, data source or ephemeral resource. */
export function schemaPage({ kind, schema, example, importId }: SchemaPage): string {
  const listed = (checks: Schema["checks"] = []) => checks.map((check) => `- ${check.describes}`).join("\n");
  const [checks, creationChecks] = [listed(schema.checks), listed(schema.creationChecks)];
  return [
    `# ${schema.type} (${kind})`,
    schema.description,
    ...(example === undefined ? [] : ["## Example", `\`\`\`terraform\n${example.trim()}\n\`\`\``]),
    "## Attributes",
    attributeSections(schema.attributes),
    ...(checks === "" ? [] : ["## Checked at synth, validate and plan", checks]),
    ...(creationChecks === "" ? [] : ["## Checked by the plan of a new one", creationChecks]),
    ...(importId === undefined
      ? []
      : ["## Import", `\`\`\`shell\nterraform import ${schema.type}.example ${importId}\n\`\`\``]),
  ].join("\n\n");
}
