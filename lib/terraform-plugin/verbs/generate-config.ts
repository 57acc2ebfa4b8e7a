import { declaredValues } from "../declared-values";
import { problemsOf } from "../diagnostics";
import type { DynamicValue, Rpcs } from "../protocol";
import { decodeObject, Scope, type Engine, type Registered } from "../registry";
import type { Resource } from "../resource";

/**
 * Handles GenerateResourceConfig: returns what `-generate-config-out` writes for an imported object. Null for one that has
 * not been read.
 */
export function generateConfig(
  engine: Engine,
  entry: Registered<Resource>,
  state: DynamicValue | null,
): Rpcs["GenerateResourceConfig"]["response"] {
  const scope = new Scope(engine, entry.schema.attributes);
  try {
    const value = decodeObject(engine, entry, state);
    const config = value && declaredValues(entry.schema.attributes, value);
    return { config: { msgpack: entry.codec.encode(config) }, diagnostics: [] };
  } catch (error) {
    scope.problems.push(...problemsOf(error, `write the configuration of ${entry.schema.type}`));
    return { diagnostics: scope.diagnostics() };
  }
}
