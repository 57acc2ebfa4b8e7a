import { ProblemError } from "../core/problem";
import type { System } from "../systems/kit/system";
import { isUnknown, type Value, type ValueObject } from "../terraform-plugin/values";

/** A system's settings: what the provider block says, else what the environment says, else null. */
export function resolveSettings(
  system: System,
  configured: ValueObject | null,
  environment: Readonly<Record<string, string | undefined>>,
): ValueObject {
  return Object.fromEntries(
    Object.keys(system.settings).map((field) => {
      const value = settingOf(system, field, configured, environment);
      if (isUnknown(value)) throw new ProblemError(notKnownYet(system.name, field));
      return [field, value];
    }),
  );
}

/** One setting, possibly unknown. */
export function settingOf(
  system: System,
  field: string,
  configured: ValueObject | null,
  environment: Readonly<Record<string, string | undefined>>,
): Value {
  const value = configured?.[field] ?? null;
  // An empty text is one that nobody has filled: as good as unset.
  return value === null || value === "" ? fromEnvironment(system, field, environment) : value;
}

function fromEnvironment(
  system: System,
  field: string,
  environment: Readonly<Record<string, string | undefined>>,
): Value {
  const variable = system.environment[field];
  // An empty variable is one that a CI system has not filled: as good as unset.
  const text = variable === undefined ? undefined : environment[variable] || undefined;
  if (text === undefined) return null;
  const type = system.settings[field]!.type;
  if (type === "number") return numberFrom(variable!, text);
  return type === "bool" ? text === "true" || text === "1" : text;
}

function numberFrom(variable: string, text: string): number {
  const number = Number(text);
  if (!Number.isNaN(number)) return number;
  throw new ProblemError({
    code: "provider/variable-not-a-number",
    severity: "error",
    summary: `The environment variable ${variable} is not a number`,
    got: JSON.stringify(text),
    expected: "digits",
    fix: `Correct ${variable} or unset it.`,
  });
}

const notKnownYet = (system: string, field: string) => ({
  code: "provider/setting-not-known-yet",
  severity: "error" as const,
  summary: `The provider setting ${system}.${field} is known only after apply`,
  path: [system, field],
  expected: "a value that is known when Terraform plans",
  fix: "Take it from a variable or the environment, or apply the resource that makes it first (terraform apply -target=…).",
});
