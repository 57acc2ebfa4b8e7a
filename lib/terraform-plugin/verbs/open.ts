import type { StateOf, Schema } from "../schema";
import { problemsOf } from "../diagnostics";
import type { DynamicValue } from "../protocol";
import { decodeObject, Scope, type Engine, type Registered } from "../registry";
import type { Call } from "../service";
import type { DataSource, EphemeralResource } from "../resource";
import { settle, withDefaults } from "../settle";
import { limited } from "../timeouts";
import type { ValueObject } from "../values";

/** Handles ReadDataSource: the result is wholly known and stored. */
export async function readDataSource(
  engine: Engine,
  entry: Registered<DataSource>,
  config: DynamicValue | null,
  call: Call,
) {
  const { value, diagnostics } = await ask(engine, entry, config, call, (declared, context) =>
    entry.handler.read(declared as StateOf<Schema>, context),
  );
  return value === null ? { diagnostics } : { state: { msgpack: entry.codec.encode(value) }, diagnostics };
}

/** Handles OpenEphemeralResource: the result exists only while Terraform runs. */
export async function openEphemeral(
  engine: Engine,
  entry: Registered<EphemeralResource>,
  config: DynamicValue | null,
  call: Call,
) {
  const { value, diagnostics } = await ask(engine, entry, config, call, (declared, context) =>
    entry.handler.open(declared as StateOf<Schema>, context),
  );
  return value === null ? { diagnostics } : { result: { msgpack: entry.codec.encode(value) }, diagnostics };
}

async function ask(
  engine: Engine,
  entry: Registered<unknown>,
  config: DynamicValue | null,
  call: Call,
  answer: (config: ValueObject, context: ReturnType<Scope["context"]>) => Promise<unknown>,
) {
  const { attributes, type } = entry.schema;
  const scope = new Scope(engine, attributes);
  let inTime = call;
  try {
    // There is no plan that would fill in the defaults.
    const declared = withDefaults(attributes, decodeObject(engine, entry, config) ?? {});
    inTime = limited(call, attributes, declared, "read");
    const context = scope.context(await entry.client(engine.provider), inTime);
    const answered = await answer(declared, context);
    scope.problems.push(...entry.answered(engine.provider));
    const value = settle(attributes, answered as ValueObject, declared);
    return { value, diagnostics: scope.diagnostics() };
  } catch (error) {
    scope.problems.push(...problemsOf(error, `read ${type}`, inTime));
    return { value: null, diagnostics: scope.diagnostics() };
  }
}
