import { PROVIDER_NAME } from "../../lib/package/identity";
import type { ProviderFunction } from "../../lib/terraform-plugin/function";
import { typeName } from "../../lib/terraform-plugin/type-json";
import type { Example } from "./examples";

/** The reference page of one function. */
export function functionPage({ name, description, parameters, returns }: ProviderFunction, example: Example): string {
  const listed = parameters.map((one) => `${one.name} ${typeName(one.type)}`).join(", ");
  return [
    `# ${name} (function)`,
    description,
    "Terraform 1.8 and OpenTofu 1.7 know functions of providers.",
    "## Example",
    `\`\`\`terraform\n${example.hcl}\n\`\`\``,
    "The same with CDKTF:",
    `\`\`\`ts\n${example.typescript}\n\`\`\``,
    "## Signature",
    `\`\`\`text\nprovider::${PROVIDER_NAME}::${name}(${listed}) ${typeName(returns)}\n\`\`\``,
    "## Arguments",
    parameters.map((one) => `- \`${one.name}\` (${typeName(one.type)}) ${one.description}`).join("\n"),
  ].join("\n\n");
}
