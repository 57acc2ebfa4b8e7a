import type { Environment } from "../../core/environment";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { compare } from "../../core/finding";
import { MASK } from "../plan";
import { isSecretName } from "../secret-names";
import { binding, type Binding, type Normaliser } from "./binding";

/** The bindings from outside of the folder: Terraform's own variables, and those that hold a system's address. */
export function bindingsOfSurroundings(
  environment: Environment,
  /** The addresses that the provider reads; logins are excluded. */
  endpoints: readonly { readonly name: string; readonly value: string }[],
  normaliser: Normaliser,
): Binding[] {
  return [
    ...commandLine(environment, normaliser),
    ...development(environment),
    ...endpoints.map(({ name, value }) => variable("endpoint", name, value, normaliser)),
  ];
}

function commandLine(environment: Environment, normaliser: Normaliser): Binding[] {
  return Object.keys(environment)
    .filter((name) => /^TF_CLI_ARGS(_|$)/.test(name) || name === "TF_WORKSPACE")
    .filter((name) => (environment[name] ?? "") !== "")
    .sort(compare)
    .map((name) => variable("command-line", name, environment[name]!, normaliser));
}

/** Providers that are used in place of those that were installed and locked. */
function development(environment: Environment): Binding[] {
  const attached = (environment["TF_REATTACH_PROVIDERS"] ?? "") !== "";
  const file = environment["TF_CLI_CONFIG_FILE"] ?? join(environment["HOME"] ?? "", ".terraformrc");
  const overridden = existsSync(file) && /^[ \t]*dev_overrides\b/m.test(readFileSync(file, "utf8"));
  return [
    ...(attached
      ? [binding("development", "TF_REATTACH_PROVIDERS", true, ["a provider that somebody else has started is used"])]
      : []),
    ...(overridden
      ? [
          binding("development", "dev_overrides", true, [
            "a provider from a developer's folder is used, whatever is locked",
          ]),
        ]
      : []),
  ];
}

function variable(kind: "command-line" | "endpoint", name: string, value: string, normaliser: Normaliser): Binding {
  const shown = isSecretName(name) ? MASK : normaliser.text(value);
  return binding(kind, name, shown, [`${name} = ${JSON.stringify(shown)}`]);
}
