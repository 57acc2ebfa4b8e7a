import type { Problem } from "../../core/problem";
import { probeActionSchema, sendTestEmailSchema, smtpProbeSchema, testEmailSchema } from "../../mail";
import type { Stack } from "../../plan";
import { readStackConfig } from "../../reconcile/stack-config";
import type { Attributes } from "../../terraform-plugin/schema";
import { configurationOf } from "../stack-source";
import type { Surroundings } from "../surroundings";
import type { Declaration, UnknownAttribute } from "./declared";
import { unusable } from "./errors";
import { asTestEmail } from "./from-action";
import type { MailTestKind, SecretSource } from "./mail-test";
import { mailboxesIn } from "./mailboxes";

type Json = Readonly<Record<string, unknown>>;

/**
 * Reads the tests that a synthesised stack declares. Literals are taken as they are, variables have the value of
 * `TF_VAR_…` or their default, and everything else only Terraform knows.
 */
export function declaredInStack(kind: MailTestKind, stack: Stack, { environment }: Surroundings): Declaration[] {
  const config = object(configurationOf(stack));
  const settings = readStackConfig(stack, environment);
  const evaluator = new Evaluator(config, environment);
  const { directory } = stack;
  const probe = (address: string, block: Json, attributes: Attributes): Declaration => {
    return { ...evaluator.declaration(address, block, attributes), kind: "probe", directory };
  };
  const test = (address: string, block: Json, attributes: Attributes): Declaration => {
    const of = (system: string) => {
      const found = settings.settings(settings.aliasOf(address), system);
      if ("unknown" in found) throw unusable(providerSetting(address, found.unknown));
      return found.known;
    };
    return { ...evaluator.declaration(address, block, attributes), kind, directory, settings: of };
  };
  return [
    ...blocks(config, "resource", testEmailSchema.type).map(([label, block]) =>
      test(`${testEmailSchema.type}.${label}`, block, testEmailSchema.attributes),
    ),
    ...blocks(config, "data", smtpProbeSchema.type).map(([label, block]) =>
      probe(`data.${smtpProbeSchema.type}.${label}`, block, smtpProbeSchema.attributes),
    ),
    ...blocks(config, "action", sendTestEmailSchema.type).map(([label, block]) =>
      asTestEmail(test(`action.${sendTestEmailSchema.type}.${label}`, inConfig(block), sendTestEmailSchema.attributes)),
    ),
    ...blocks(config, "action", probeActionSchema.type).map(([label, block]) =>
      probe(`action.${probeActionSchema.type}.${label}`, inConfig(block), probeActionSchema.attributes),
    ),
  ];
}

/** The settings of an action are a block of their own, which stands alone or in a list. */
const inConfig = ({ config }: Json): Json => object(Array.isArray(config) ? config[0] : config);

/** Evaluates expressions as far as that is possible without Terraform. */
class Evaluator {
  private readonly variables: Json;
  private readonly ephemerals: Json;

  constructor(
    config: Json,
    private readonly environment: Surroundings["environment"],
  ) {
    this.variables = object(config["variable"]);
    this.ephemerals = object(object(config["ephemeral"])["outbound_environment"]);
  }

  declaration(address: string, block: Json, attributes: Attributes): Omit<Declaration, "kind" | "directory"> {
    const unknown: UnknownAttribute[] = [];
    return {
      address,
      values: Object.fromEntries(
        Object.entries(attributes)
          .filter(([name, { writeOnly }]) => writeOnly !== true && block[name] !== undefined)
          .map(([name]) => [name, this.value(block[name], name, unknown)]),
      ),
      unknown,
      ...source("password", this.secret(block["password_wo"])),
      mailboxPasswords: Object.fromEntries(
        mailboxesIn(block).flatMap(({ setting, values }) => {
          const found = this.secret(values["password_wo"]);
          return found === undefined ? [] : [[setting, found]];
        }),
      ),
    };
  }

  private value(value: unknown, path: string, unknown: UnknownAttribute[]): unknown {
    if (Array.isArray(value)) return value.map((one: unknown, index) => this.value(one, `${path}[${index}]`, unknown));
    if (typeof value === "object" && value !== null) {
      return Object.fromEntries(
        Object.entries(value)
          // A secret is looked for elsewhere, and never read as a value.
          .filter(([key]) => key !== "password_wo")
          .map(([key, one]) => [key, this.value(one, `${path}.${key}`, unknown)]),
      );
    }
    if (typeof value !== "string") return value;
    const whole = /^\$\{var\.([\w-]+)\}$/.exec(value)?.[1];
    const found = whole === undefined ? this.text(value) : this.variable(whole);
    if (found === undefined) unknown.push({ path, ...this.missing(value) });
    return found;
  }

  /** Replaces variables in a longer text; undefined when it contains other expressions. */
  private text(value: string): string | undefined {
    let known = true;
    const filled = value
      .replace(/(?<!\$)\$\{var\.([\w-]+)\}/g, (_, name: string) => {
        const found = this.variable(name);
        known &&= typeof found === "string" || typeof found === "number";
        return String(found);
      })
      .replace(/(?<!\$)\$\{|(?<!%)%\{/g, () => {
        known = false;
        return "";
      });
    return known ? filled.replaceAll("$${", "${").replaceAll("%%{", "%{") : undefined;
  }

  /** The variable that would make it known, when nothing else is missing. */
  private missing(value: string): Pick<UnknownAttribute, "variable"> {
    const others = value.replace(/\$\{var\.[\w-]+\}/g, "");
    const names = [...value.matchAll(/\$\{var\.([\w-]+)\}/g)].map(([, name]) => name!);
    const unset = names.find((name) => this.variable(name) === undefined);
    return unset === undefined || others.includes("${") ? {} : { variable: `TF_VAR_${unset}` };
  }

  private variable(name: string): unknown {
    const declared = object(this.variables[name]);
    const given = this.environment[`TF_VAR_${name}`];
    if (given === undefined) return declared["default"] ?? undefined;
    return declared["type"] === undefined || declared["type"] === "string" ? given : parsed(given);
  }

  private secret(value: unknown): SecretSource | undefined {
    if (value === undefined || value === null) return undefined;
    if (typeof value !== "string") return { declared: undefined };
    const variable = /^\$\{var\.([\w-]+)\}$/.exec(value)?.[1];
    if (variable !== undefined) {
      const preset = object(this.variables[variable])["default"];
      const name = `TF_VAR_${variable}`;
      return this.environment[name] === undefined && typeof preset === "string"
        ? { literal: preset }
        : { variable: name };
    }
    const ephemeral = /^\$\{ephemeral\.outbound_environment\.([\w-]+)\.value\}$/.exec(value)?.[1];
    const read = ephemeral === undefined ? undefined : object(this.ephemerals[ephemeral])["name"];
    if (typeof read === "string") return { variable: read };
    return /(?<!\$)\$\{/.test(value) ? { declared: value } : { literal: value };
  }
}

/** Terraform reads lists and numbers from `TF_VAR_…` in its own language, of which JSON is nearly a subset. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

const source = <K extends string>(key: K, found: SecretSource | undefined) =>
  (found === undefined ? {} : { [key]: found }) as Partial<Record<K, SecretSource>>;

function blocks(config: Json, section: string, type: string): [string, Json][] {
  return Object.entries(object(object(config[section])[type])).map(([label, block]) => [label, object(block)]);
}

const providerSetting = (address: string, evidence: string): Problem => ({
  code: "cli/value-not-known",
  severity: "error",
  summary: `${address}: the provider's configuration for a platform's own test is not known without Terraform`,
  fix: "Set the setting as a literal or a variable with TF_VAR_…, or send without the stack and give --via.",
  evidence,
});

const object = (value: unknown): Json =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Json) : {};
