import { withoutKeys } from "./addresses";
import type { ConfigModule, PlanJson } from "./contract";
import { isObject } from "./masking";

export type References = Readonly<Record<string, readonly string[]>>;

/**
 * What each attribute of each resource refers to, by the address in the configuration (without an instance key).
 * References to ephemeral blocks, locals of modules and data sources are followed to the managed resources behind them:
 * for values that are unknown at plan time there is no other source.
 */
export class ReferenceMap {
  private readonly direct = new Map<string, Map<string, string[]>>();

  constructor(configuration: PlanJson["configuration"]) {
    if (configuration?.root_module !== undefined) this.collect(configuration.root_module, "");
  }

  /** References by attribute; `module.a.x.y[0]` and `module.a.x.y["k"]` are found as `module.a.x.y`. */
  of(address: string): References {
    const base = withoutKeys(address);
    const found: Record<string, readonly string[]> = {};
    for (const [attribute, references] of this.direct.get(base) ?? [])
      found[attribute] = this.resolve(references, new Set([base]));
    return found;
  }

  private resolve(references: readonly string[], seen: Set<string>): string[] {
    const resolved = new Set<string>();
    for (const reference of references) {
      const known = this.resourceIn(reference);
      if (known === undefined || seen.has(known)) continue;
      if (!/(^|\.)(ephemeral|data)\./.test(known)) {
        resolved.add(known);
        continue;
      }
      const further = [...(this.direct.get(known)?.values() ?? [])].flat();
      for (const one of this.resolve(further, new Set([...seen, known]))) resolved.add(one);
    }
    return [...resolved].sort();
  }

  /** `type.name.attribute[0]` is a reference to the resource `type.name`. */
  private resourceIn(reference: string): string | undefined {
    const words = withoutKeys(reference).split(".");
    for (let length = words.length; length > 0; length--) {
      const candidate = words.slice(0, length).join(".");
      if (this.direct.has(candidate)) return candidate;
    }
    return undefined;
  }

  private collect(module: ConfigModule, prefix: string): void {
    for (const { address, expressions } of module.resources ?? []) {
      const attributes = new Map<string, string[]>();
      for (const [name, expression] of Object.entries(expressions ?? {})) {
        const references = referencesIn(expression).map((one) =>
          /^(var|each|count|self|local|path)\./.test(one) ? one : `${prefix}${one}`,
        );
        if (references.length > 0) attributes.set(name, references);
      }
      this.direct.set(`${prefix}${address}`, attributes);
    }
    for (const [name, { module: inner }] of Object.entries(module.module_calls ?? {})) {
      if (inner !== undefined) this.collect(inner, `${prefix}module.${name}.`);
    }
  }
}

/** All references of an expression; expressions nest as the blocks do. */
function referencesIn(expression: unknown): string[] {
  if (Array.isArray(expression)) return expression.flatMap(referencesIn);
  if (!isObject(expression)) return [];
  const { references } = expression;
  if (Array.isArray(references)) return references.filter((one): one is string => typeof one === "string");
  return Object.values(expression).flatMap(referencesIn);
}
