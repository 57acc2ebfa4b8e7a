import type { IConstruct } from "constructs";
import { renderProblem } from "../core/problem";
import { identityOf, type Attribute } from "../terraform-plugin/schema";
import { DefaultTokenResolver, StringConcat, TerraformStack, Tokenization } from "./cdktf";
import { oneObjectTwice } from "./errors";
import { camel } from "../core/camel";
import type { SchemaResource } from "./resource-class";

const watched = new WeakMap<TerraformStack, SchemaResource[]>();

/**
 * Refuses two resources of a stack that manage one object outside: each apply would change it to what the other declares.
 * Checked once for a stack, at synth.
 */
export function watchForTwins(resource: SchemaResource): void {
  if (identityOf(resource.schema) === undefined) return;
  const stack = TerraformStack.of(resource);
  const known = watched.get(stack);
  if (known !== undefined) {
    known.push(resource);
    return;
  }
  const resources = [resource];
  watched.set(stack, resources);
  stack.node.addValidation({ validate: () => twins(stack, resources) });
}

function twins(stack: TerraformStack, resources: readonly SchemaResource[]): string[] {
  const first = new Map<string, IConstruct>();
  return resources.flatMap((resource) => {
    const identity = valuesOf(stack, resource);
    if (identity === undefined) return [];
    const { type } = resource.schema;
    const key = JSON.stringify([type, resource.provider?.fqn ?? "", ...Object.values(identity)]);
    const other = first.get(key);
    if (other === undefined) {
      first.set(key, resource);
      return [];
    }
    return [renderProblem(oneObjectTwice(type, [other.node.path, resource.node.path], identity))];
  });
}

/**
 * The identifying values as they will be written, references included: two equal references are equal. Undefined for several
 * instances.
 */
function valuesOf(stack: TerraformStack, resource: SchemaResource): Record<string, unknown> | undefined {
  if (resource.count !== undefined || resource.forEach !== undefined) return undefined;
  const { attributes } = resource.schema;
  const input = resource.input as Readonly<Record<string, unknown>>;
  const names = identityOf(resource.schema)!.attributes;
  const values = names.map((name) => [camel(name), valueOf(attributes[name]!, input[camel(name)])]);
  return Tokenization.resolve(Object.fromEntries(values), { scope: stack, resolver, preparing: false }) as Record<
    string,
    unknown
  >;
}

const resolver = new DefaultTokenResolver(new StringConcat());
const valueOf = ({ default: fallback }: Attribute, value: unknown): unknown => value ?? fallback ?? null;
