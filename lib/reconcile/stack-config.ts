import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import type { Stack } from "../plan";
import { PROVIDER_NAME } from "../package/identity";
import { systemBlock } from "../systems/kit/http-settings";
import type { Value, ValueObject } from "../terraform-plugin/values";

type Json = Readonly<Record<string, unknown>>;

/** The parts of a synthesised stack that a detection needs besides its plan. */
export interface StackConfig {
  readonly hash: string;
  /** The declared resources, without the keys of `count` and `for_each`. */
  readonly declared: readonly { readonly type: string; readonly address: string }[];
  /** The literal values of an attribute in all resources of these types; what only Terraform knows is left out. */
  literals(types: ReadonlySet<string>, attribute: string): readonly string[];
  /** Every configuration of the provider: "" for the one without an alias. */
  readonly aliases: readonly string[];
  /**
   * The alias of an address's provider configuration; "" without an alias. Undefined when the code does not declare the
   * address.
   */
  declaredAlias(address: string): string | undefined;
  /** The same; for an address that the code does not declare, "". */
  aliasOf(address: string): string;
  /** The provider's settings of one system, as far as they are known without Terraform. */
  settings(alias: string, system: string): Settings;
}

export type Settings = { readonly known: ValueObject | null } | { readonly unknown: string };

/** Reads `cdk.tf.json`: Terraform's JSON plan omits settings that refer to variables. */
export function readStackConfig(
  { file }: Pick<Stack, "file">,
  environment: Readonly<Record<string, string | undefined>>,
): StackConfig {
  const config = JSON.parse(readFileSync(file, "utf8")) as Json;
  const providers = list(object(config["provider"])[PROVIDER_NAME]).map(object);
  const resources = object(config["resource"]);
  const declaredAlias = (address: string): string | undefined => {
    const steps = address.split(/[[ ]/, 1)[0]!.split(".");
    const isAction = steps[0] === "action";
    const [type = "", name = ""] = isAction ? steps.slice(1) : steps;
    const block = object((isAction ? object(config["action"]) : resources)[type])[name];
    if (block === undefined) return undefined;
    const { provider } = object(block);
    if (typeof provider !== "string") return "";
    const [, ...alias] = provider.replace(/^\$\{|\}$/g, "").split(".");
    return alias.join(".");
  };
  return {
    hash: configHash(config),
    declared: Object.entries(resources).flatMap(([type, byName]) =>
      Object.keys(object(byName)).map((name) => ({ type, address: `${type}.${name}` })),
    ),
    literals: (types, attribute) => [
      ...new Set(
        Object.entries(resources)
          .filter(([type]) => types.has(type))
          .flatMap(([, byName]) => Object.values(object(byName)))
          .map((resource) => evaluate(object(resource)[attribute], config, environment))
          .filter((value) => typeof value === "string"),
      ),
    ],
    aliases: [...new Set(["", ...providers.map(({ alias }) => (typeof alias === "string" ? alias : ""))])],
    declaredAlias,
    aliasOf: (address) => declaredAlias(address) ?? "",
    settings(alias, system) {
      const declared = providers.find((one) => (one["alias"] ?? "") === alias) ?? {};
      // JSON of Terraform's syntax holds values, or expressions as texts.
      const block = systemBlock(declared as ValueObject, system);
      if (block === null) return { known: null };
      const known: Record<string, Value> = {};
      for (const [field, value] of Object.entries(object(block))) {
        const evaluated = evaluate(value, config, environment);
        if (evaluated === undefined) return { unknown: `the setting ${system}.${field} is known to Terraform only` };
        known[field] = evaluated;
      }
      return { known };
    },
  };
}

/** The hash over what is declared, not over where and with which tool it was synthesised. */
export function configHash(config: Json): string {
  const text = JSON.stringify(config, (key, value: unknown) => {
    if (key === "//" || key === "backend") return undefined;
    if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
    return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
  return `sha256:${createHash("sha256").update(text).digest("hex")}`;
}

/**
 * Resolves literals, variables and what the provider reads from the environment. Undefined: only Terraform knows the
 * value.
 */
function evaluate(value: unknown, config: Json, environment: Readonly<Record<string, string | undefined>>) {
  if (typeof value !== "string") return value as Value;
  const variable = /^\$\{var\.([\w-]+)\}$/.exec(value)?.[1];
  if (variable !== undefined) {
    const preset = object(object(config["variable"])[variable])["default"];
    return environment[`TF_VAR_${variable}`] ?? (preset as Value | undefined);
  }
  const read = /^\$\{ephemeral\.outbound_environment\.([\w-]+)\.value\}$/.exec(value)?.[1];
  if (read !== undefined) return environment[read];
  return /(^|[^$])\$\{/.test(value) ? undefined : value.replace(/\$\$\{/g, () => "${");
}

const object = (value: unknown): Json =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Json) : {};
const list = (value: unknown): readonly unknown[] =>
  Array.isArray(value) ? value : value === undefined ? [] : [value];
