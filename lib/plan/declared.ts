import type { Redactor } from "../core/redaction";
import type { ConfigModule, PlanJson } from "./contract";
import { isObject, mask } from "./masking";
import type { Values } from "./plan";

/**
 * Code that the configuration declares besides resources, in every module. Terraform reports it for JSON and HCL alike,
 * so it is complete where this package reads no sources; connections and conditions are not reported.
 */
export interface DeclaredCode {
  /** `program`: a data source that runs a program, during planning too. */
  readonly kind: "provisioner" | "program" | "provider";
  /** "module.m.null_resource.hook: local-exec", "data.external.x: program", "provider outbound.second" */
  readonly name: string;
  /** Constants as they are, with secrets masked; a symbol where the value needs an evaluation. */
  readonly settings: Values;
}

/**
 * Stands for an expression that is no constant: Terraform reports what it refers to, not how it is written. It is no
 * text, so that it cannot be confused with a text, nor masked for its name.
 */
function computed(references: readonly string[]): symbol {
  return Symbol(references.length === 0 ? "(computed)" : `(computed from ${references.join(", ")})`);
}

export function declaredIn(configuration: PlanJson["configuration"], redactor: Redactor): DeclaredCode[] {
  const providers = Object.values(configuration?.provider_config ?? {}).flatMap((one): DeclaredCode[] => {
    // Without settings it is listed because resources use it.
    if (one.name === undefined || Object.keys(one.expressions ?? {}).length === 0) return [];
    const alias = one.alias === undefined ? "" : `.${one.alias}`;
    const where = one.module_address === undefined ? "" : ` in ${one.module_address}`;
    const settings = settingsOf(one.expressions, redactor);
    return [{ kind: "provider", name: `provider ${one.name}${alias}${where}`, settings }];
  });
  const root = configuration?.root_module;
  return [...(root === undefined ? [] : inModule(root, "", redactor)), ...providers];
}

function inModule(module: ConfigModule, prefix: string, redactor: Redactor): DeclaredCode[] {
  const here = (module.resources ?? []).flatMap(({ address, mode, type, expressions, provisioners = [] }) => [
    ...provisioners.map((one): DeclaredCode => ({
      kind: "provisioner",
      name: `${prefix}${address}: ${one.type}`,
      settings: settingsOf(one.expressions, redactor),
    })),
    ...(mode === "data" && type === "external"
      ? [
          {
            kind: "program",
            name: `${prefix}${address}: program`,
            settings: settingsOf(expressions, redactor),
          } as const,
        ]
      : []),
  ]);
  const below = Object.entries(module.module_calls ?? {}).flatMap(([name, { module: inner }]) =>
    inner === undefined ? [] : inModule(inner, `${prefix}module.${name}.`, redactor),
  );
  return [...here, ...below];
}

/** `{ command: { constant_value: "make" } }` as `{ command: "make" }`. */
function settingsOf(expressions: Values | undefined, redactor: Redactor): Values {
  const masked = mask(Object.fromEntries(Object.entries(expressions ?? {}).map(evaluated)), {}, redactor);
  return isObject(masked) ? masked : {};
}

const evaluated = ([key, expression]: [string, unknown]): [string, unknown] => [key, valueOf(expression)];

function valueOf(expression: unknown): unknown {
  if (Array.isArray(expression)) return expression.map(valueOf);
  if (!isObject(expression)) return expression;
  if ("constant_value" in expression) return expression["constant_value"];
  const { references } = expression;
  const isLeaf = Object.keys(expression).length === 0 || Array.isArray(references);
  return isLeaf ? computed(textsOf(references)) : Object.fromEntries(Object.entries(expression).map(evaluated));
}

/** For `a.b.id` Terraform also lists `a.b`. */
function textsOf(references: unknown): string[] {
  const texts = Array.isArray(references) ? references.filter((one): one is string => typeof one === "string") : [];
  return texts.filter((one) => !texts.some((other) => other.startsWith(`${one}.`) || other.startsWith(`${one}[`)));
}
