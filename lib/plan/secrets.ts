import type { Redactor } from "../core/redaction";
import type { ConfigModule, PlanJson, StateModule } from "./contract";
import { isObject, learn, learnByName } from "./masking";
import { isSecretName } from "./secret-names";

/** Tells the redactor every secret that stands anywhere in the plan but in the changes themselves. */
export function learnSecrets(plan: PlanJson, redactor: Redactor): void {
  const { configuration } = plan;
  const declared = configuration?.root_module?.variables ?? {};
  for (const [name, { value }] of Object.entries(plan.variables ?? {})) {
    if (declared[name]?.sensitive === true || isSecretName(name)) learn(value, redactor);
    else learnByName(value, redactor);
  }
  for (const { expressions } of Object.values(configuration?.provider_config ?? {})) constants(expressions, redactor);
  if (configuration?.root_module !== undefined) configured(configuration.root_module, redactor);
  for (const values of [plan.planned_values, plan.prior_state?.values]) {
    for (const [name, output] of Object.entries(values?.outputs ?? {})) {
      if (output.sensitive === true || isSecretName(name)) learn(output.value, redactor);
      else learnByName(output.value, redactor);
    }
    if (values?.root_module !== undefined) stored(values.root_module, redactor);
  }
}

function configured(module: ConfigModule, redactor: Redactor): void {
  for (const [name, { sensitive, default: preset }] of Object.entries(module.variables ?? {})) {
    if (sensitive === true || isSecretName(name)) learn(preset, redactor);
  }
  for (const { expressions } of module.resources ?? []) constants(expressions, redactor);
  for (const { module: inner, expressions } of Object.values(module.module_calls ?? {})) {
    constants(expressions, redactor);
    if (inner !== undefined) configured(inner, redactor);
  }
}

/** Literals in the configuration: `{ password: { constant_value: "…" } }`, as deep as blocks nest. */
function constants(expressions: unknown, redactor: Redactor, name = ""): void {
  if (Array.isArray(expressions)) for (const one of expressions) constants(one, redactor, name);
  else if (isObject(expressions)) {
    if ("constant_value" in expressions) return learnByName(expressions["constant_value"], redactor, name);
    for (const [key, inner] of Object.entries(expressions)) constants(inner, redactor, key);
  }
}

function stored(module: StateModule, redactor: Redactor): void {
  for (const { values, sensitive_values: sensitive } of module.resources ?? []) {
    learnMarked(values, sensitive, redactor);
    learnByName(values, redactor);
  }
  for (const child of module.child_modules ?? []) stored(child, redactor);
}

function learnMarked(value: unknown, marks: unknown, redactor: Redactor): void {
  if (marks === true) return learn(value, redactor);
  if (Array.isArray(value) && Array.isArray(marks))
    value.forEach((one, index) => learnMarked(one, marks[index], redactor));
  else if (isObject(value) && isObject(marks)) {
    for (const key of Object.keys(marks)) learnMarked(value[key], marks[key], redactor);
  }
}
