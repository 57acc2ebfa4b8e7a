import type { Redactor } from "../core/redaction";
import type { Schema } from "../terraform-plugin/schema";
import type { ConfigModule, PlanJson, StateModule } from "./contract";
import { isDeclaredSecret, isObject, learn, learnByName, learnGuessed, mask } from "./masking";
import { isSecretName } from "./secret-names";

/** The schemas of resource types, by type: they are a better source than names for what is secret. */
export type Schemas = ReadonlyMap<string, Schema>;

/** Adds every secret in the plan to the redactor, except those in the changes themselves. */
export function learnSecrets(plan: PlanJson, redactor: Redactor, schemas: Schemas): void {
  const { configuration } = plan;
  const declared = configuration?.root_module?.variables ?? {};
  for (const [name, { value }] of Object.entries(plan.variables ?? {})) {
    named(name, declared[name]?.sensitive, value, redactor);
  }
  for (const { expressions } of Object.values(configuration?.provider_config ?? {})) constants(expressions, redactor);
  if (configuration?.root_module !== undefined) configured(configuration.root_module, redactor, schemas);
  for (const { config_values: values, config_sensitive: sensitive } of plan.action_invocations ?? []) {
    // Called for its side effect on the redactor.
    mask(values, { sensitive }, redactor);
  }
  for (const values of [plan.planned_values, plan.prior_state?.values]) {
    for (const [name, output] of Object.entries(values?.outputs ?? {})) {
      named(name, output.sensitive, output.value, redactor);
    }
    if (values?.root_module !== undefined) stored(values.root_module, redactor, schemas);
  }
}

function configured(module: ConfigModule, redactor: Redactor, schemas: Schemas): void {
  for (const [name, { sensitive, default: preset }] of Object.entries(module.variables ?? {})) {
    named(name, sensitive, preset, redactor);
  }
  for (const { expressions, mode, type, provisioners = [] } of module.resources ?? []) {
    for (const { expressions: settings } of provisioners) constants(settings, redactor);
    const schema = mode === "data" ? undefined : schemas.get(type)?.attributes;
    for (const [name, expression] of Object.entries(expressions ?? {})) {
      const attribute = schema?.[name];
      if (isDeclaredSecret(attribute)) literals(expression, redactor);
      // What a schema declares as public is no secret, whatever its name; what is nested in it may be one.
      else constants(expression, redactor, attribute === undefined ? name : "");
    }
  }
  for (const { module: inner, expressions } of Object.values(module.module_calls ?? {})) {
    constants(expressions, redactor);
    if (inner !== undefined) configured(inner, redactor, schemas);
  }
}

/** A variable or an output. */
function named(name: string, sensitive: boolean | undefined, value: unknown, redactor: Redactor): void {
  if (sensitive === true) learn(value, redactor);
  else if (isSecretName(name)) learnGuessed(value, redactor);
  else learnByName(value, redactor);
}

/** Literals in the configuration: `{ password: { constant_value: "…" } }`, at any depth of blocks. */
function constants(expressions: unknown, redactor: Redactor, name = ""): void {
  if (Array.isArray(expressions)) for (const one of expressions) constants(one, redactor, name);
  else if (isObject(expressions)) {
    if ("constant_value" in expressions) return learnByName(expressions["constant_value"], redactor, name);
    for (const [key, inner] of Object.entries(expressions)) constants(inner, redactor, key);
  }
}

/** All literals of an attribute that is secret as a whole. */
function literals(expression: unknown, redactor: Redactor): void {
  if (Array.isArray(expression)) for (const one of expression) literals(one, redactor);
  else if (isObject(expression)) {
    if ("constant_value" in expression) return learn(expression["constant_value"], redactor);
    for (const [key, inner] of Object.entries(expression)) if (key !== "references") literals(inner, redactor);
  }
}

function stored(module: StateModule, redactor: Redactor, schemas: Schemas): void {
  for (const { values, sensitive_values: sensitive, mode, type } of module.resources ?? []) {
    // Called for its side effect on the redactor.
    mask(values, { sensitive, schema: mode === "data" ? undefined : schemas.get(type)?.attributes }, redactor);
  }
  for (const child of module.child_modules ?? []) stored(child, redactor, schemas);
}
