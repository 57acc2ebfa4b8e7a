import type { TerraformStack } from "../constructs/cdktf";
import type { SchemaResource } from "../constructs/resource-class";
import { ReferenceMap } from "../plan/references";
import type { Attribute, Attributes } from "../terraform-plugin/schema";
import { buildTopology, type Topology } from "../topology";

type Block = Readonly<Record<string, unknown>>;
type Blocks = Readonly<Record<string, Readonly<Record<string, Block>>>>;

/** `outbound_vrops_email_plugin.alerts_plugin` */
export function addressOf(resource: SchemaResource): string {
  return `${resource.terraformResourceType}.${resource.friendlyUniqueId}`;
}

/**
 * The way of the alerts as a stack declares it. Read from the configuration that Terraform will get, so that overrides and
 * aspects count; references are unknown, and what is left out has the provider's default.
 */
export function declaredTopology(stack: TerraformStack, resources: readonly SchemaResource[]): Topology {
  const configuration = stack.toTerraform() as { resource?: Blocks; data?: Blocks; ephemeral?: Blocks };
  const references = new ReferenceMap({
    root_module: {
      resources: [
        ...expressions(configuration.resource, ""),
        ...expressions(configuration.data, "data."),
        ...expressions(configuration.ephemeral, "ephemeral."),
      ],
    },
  });
  return buildTopology(
    resources.map((resource) => {
      const address = addressOf(resource);
      const { terraformResourceType: type, friendlyUniqueId: name, schema } = resource;
      const block = configuration.resource?.[type]?.[name] ?? {};
      return { address, type, values: known(schema.attributes, block), references: references.of(address) };
    }),
  );
}

function known(attributes: Attributes, block: Block): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, attribute]) => [name, knownValue(attribute, block[name])]),
  );
}

function knownValue(attribute: Attribute, value: unknown): unknown {
  if (value === undefined || value === null) {
    // Left out and computed: the apply will tell.
    if (attribute.presence === "computed" || attribute.presence === "optional-computed") return undefined;
    return attribute.default ?? null;
  }
  if (isReference(value)) return undefined;
  if (Array.isArray(value))
    return value.some(isReference) ? value.map((one: unknown) => (isReference(one) ? UNKNOWN : one)) : value;
  return value;
}

const UNKNOWN = "(known after apply)";

const isReference = (value: unknown): boolean => typeof value === "string" && /(^|[^$])\$\{/.test(value);

function expressions(blocks: Blocks | undefined, prefix: string) {
  return Object.entries(blocks ?? {}).flatMap(([type, named]) =>
    Object.entries(named).map(([name, block]) => ({
      address: `${prefix}${type}.${name}`,
      type,
      expressions: Object.fromEntries(
        Object.entries(block).map(([attribute, value]) => [attribute, { references: referencesIn(value) }]),
      ),
    })),
  );
}

/** What stands in `${...}`, as Terraform lists references. */
function referencesIn(value: unknown): string[] {
  const text = typeof value === "string" ? value : (JSON.stringify(value) ?? "");
  return [...text.matchAll(/\$\{([^}]*)\}/g)].flatMap(
    ([, inside]) => inside!.match(/[A-Za-z_][\w-]*(\.[\w-]+)+/g) ?? [],
  );
}
