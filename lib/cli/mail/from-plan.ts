import { resolve } from "node:path";
import type { Redactor } from "../../core/redaction";
import { smtpProbeSchema, testEmailSchema } from "../../mail";
import { readPlanFile } from "../../plan";
import { stateValuesContract, type ConfigModule, type PlanJson, type StateModule } from "../../plan/contract";
import { isObject, mask } from "../../plan/masking";
import { parsePlan } from "../../plan/read-plan";
import { unknownPaths } from "../../plan/unknown-paths";
import { learnSecrets } from "../../plan/secrets";
import { withoutKeys } from "../../plan/addresses";
import { parseJsonText } from "../../terraform-plugin/json";
import { resourceSchemas } from "../../topology";
import { terraformRunner } from "../run-terraform";
import type { Surroundings } from "../surroundings";
import { declaresProbe, type Declaration } from "./declared";
import { ACTION_TYPES, asTestEmail } from "./from-action";
import type { MailboxPasswords, MailTestKind, SecretSource } from "./mail-test";
import { mailboxesIn } from "./mailboxes";

const TYPES: readonly string[] = [testEmailSchema.type, smtpProbeSchema.type];

/**
 * Reads the tests in a plan or a state: `terraform show -json` of either, or a plan file.
 *
 * @param path `-` for standard input
 * @param redactor learns the secrets of plan and state
 * @throws ProblemError of the plan's reader
 */
export async function declaredInPlan(
  kind: MailTestKind,
  path: string,
  redactor: Redactor,
  surroundings: Surroundings,
): Promise<Declaration[]> {
  const { workingDirectory, input } = surroundings;
  const text =
    path === "-"
      ? ((await input?.()) ?? "")
      : await readPlanFile(resolve(workingDirectory, path), async (args, cwd) =>
          (await terraformRunner(surroundings))(args, cwd),
        );
  const source = path === "-" ? "standard input" : path;
  return declarationsInPlan(text, kind, { source, directory: workingDirectory }, redactor);
}

/** A plan or a state as text. */
export interface PlanText {
  /** For messages. */
  readonly source: string;
  readonly directory: string;
  /** Also reads a plan of which Terraform could make only a part. @default false */
  readonly partial?: boolean;
}

/** Reads the tests in a text. */
export function declarationsInPlan(
  text: string,
  kind: MailTestKind,
  { source, directory, partial = false }: PlanText,
  redactor: Redactor,
): Declaration[] {
  return declarationsIn(text, source, partial, redactor).map((found) => ({
    ...found,
    kind: declaresProbe(found.address) ? "probe" : kind,
    directory,
  }));
}

type Found = Omit<Declaration, "kind" | "directory">;

function declarationsIn(text: string, source: string, partial: boolean, redactor: Redactor): Found[] {
  const schemas = resourceSchemas();
  const state = stateIn(text);
  if (state !== undefined) {
    learnSecrets({ format_version: "1.0", planned_values: state }, redactor, schemas);
    return inModule(state.root_module);
  }
  const plan = parsePlan(text, source, partial);
  learnSecrets(plan, redactor, schemas);
  for (const { change, mode, type } of plan.resource_changes ?? []) {
    const schema = mode === "managed" ? schemas.get(type)?.attributes : undefined;
    mask(change.after, { sensitive: change.after_sensitive, schema }, redactor);
  }
  const changing = (plan.resource_changes ?? []).filter(({ type }) => TYPES.includes(type));
  const found = changing.flatMap(({ address, change, deposed }): Found[] =>
    deposed === undefined && isObject(change.after)
      ? [{ address, values: change.after, unknown: unknownPaths(change.after_unknown).map((path) => ({ path })) }]
      : [],
  );
  // Data sources that were read during planning are only in the prior state.
  const before = inModule(plan.prior_state?.values?.root_module).filter(
    ({ address }) => address.includes(smtpProbeSchema.type) && !changing.some((one) => one.address === address),
  );
  const secrets = new Secrets(plan);
  return [
    ...[...found, ...before].map((one) => ({ ...one, ...secrets.of(one.address, one.values) })),
    ...invokedIn(plan),
  ];
}

/** The actions that an apply of the plan invokes, each once: of others it has no settings. */
function invokedIn({ action_invocations: invocations = [] }: PlanJson): Found[] {
  const found = invocations
    .filter(({ type = "" }) => ACTION_TYPES.includes(type))
    .map(({ address, config_values: values, config_unknown: unknown }): Found => {
      const one = {
        address,
        values: isObject(values) ? values : {},
        unknown: unknownPaths(unknown).map((path) => ({ path })),
      };
      return declaresProbe(address) ? one : asTestEmail(one);
    });
  return [...new Map(found.map((one) => [one.address, one])).values()];
}

/** `terraform show -json` without a plan file. */
function stateIn(text: string) {
  try {
    const json = parseJsonText(text);
    if (!isObject(json) || !("values" in json) || "resource_changes" in json) return undefined;
    return stateValuesContract.parse(json["values"]);
  } catch {
    // The plan's reader reports what is wrong.
    return undefined;
  }
}

function inModule(module: StateModule | undefined): Found[] {
  const here = (module?.resources ?? [])
    .filter(({ type }) => TYPES.includes(type))
    .map(({ address, values = {} }) => ({ address, values, unknown: [] }));
  return [...here, ...(module?.child_modules ?? []).flatMap(inModule)];
}

/** The sources of a resource's secrets, as far as the plan's configuration shows them. */
class Secrets {
  private readonly root: ConfigModule;

  constructor(plan: PlanJson) {
    this.root = plan.configuration?.root_module ?? {};
  }

  of(address: string, values: Found["values"]): Pick<Declaration, "password" | "mailboxPasswords"> {
    const steps = modulesOf(withoutKeys(address));
    const expressions = this.moduleAt(steps.modules)?.resources?.find(
      (one) => one.address === steps.resource,
    )?.expressions;
    if (expressions === undefined) return {};
    const password = this.source(expressions["password_wo"], steps.modules);
    return {
      ...(password === undefined ? {} : { password }),
      mailboxPasswords: this.ofMailboxes(expressions, values, steps.modules),
    };
  }

  /**
   * For a nested attribute Terraform only lists what the whole refers to: for a list, what all its mailboxes refer to.
   */
  private ofMailboxes(
    expressions: Readonly<Record<string, unknown>>,
    values: Found["values"],
    modules: readonly string[],
  ): MailboxPasswords {
    const mailboxes = mailboxesIn(values);
    const sources = mailboxes.flatMap(({ setting }) => {
      const attribute = setting.replace(/\[\d+\]$/, "");
      const written = expressions[attribute];
      const own = isObject(written) && isObject(written["password_wo"]) ? written["password_wo"] : written;
      const found = this.source(own, modules);
      if (found === undefined) return [];
      // The secret of one mailbox must not reach the server of another.
      const beside = mailboxes.filter((one) => one.setting.startsWith(attribute)).map((one) => one.values["host"]);
      return [[setting, new Set(beside).size > 1 ? { declared: declaredBy(found) } : found] as const];
    });
    return Object.fromEntries(sources);
  }

  private source(expression: unknown, modules: readonly string[]): SecretSource | undefined {
    if (!isObject(expression)) return undefined;
    if (typeof expression["constant_value"] === "string") return { literal: expression["constant_value"] };
    const references = Array.isArray(expression["references"]) ? expression["references"].map(String) : [];
    const sources = distinct(references.flatMap((one) => this.reference(one, modules)));
    return sources.length === 1 ? sources[0] : { declared: references.join(", ") || undefined };
  }

  /** The possible sources; several when it is unclear which of them is the secret. */
  private reference(reference: string, modules: readonly string[]): SecretSource[] {
    const variable = /^var\.([\w-]+)$/.exec(reference)?.[1];
    if (variable !== undefined) {
      if (modules.length === 0) return [{ variable: `TF_VAR_${variable}` }];
      const call = this.moduleAt(modules.slice(0, -1))?.module_calls?.[modules.at(-1)!];
      const given = this.source(call?.expressions?.[variable], modules.slice(0, -1));
      return given === undefined ? [] : [given];
    }
    const label = /^ephemeral\.outbound_environment\.([\w-]+)$/.exec(withoutKeys(reference))?.[1];
    if (label === undefined) return [];
    // Terraform omits such blocks from the JSON, so that their label has to do: it is the variable's name where the
    // constructs wrote it. Another label tells nothing.
    return /^[A-Z_][A-Z0-9_]*$/.test(label) ? [{ variable: label }] : [];
  }

  private moduleAt(modules: readonly string[]): ConfigModule | undefined {
    return modules.reduce<ConfigModule | undefined>((module, name) => module?.module_calls?.[name]?.module, this.root);
  }
}

const declaredBy = (source: SecretSource): string | undefined =>
  "variable" in source ? source.variable : "declared" in source ? source.declared : undefined;

/** `module.a.module.b.type.name` */
function modulesOf(address: string): { modules: readonly string[]; resource: string } {
  const words = address.split(".");
  const modules: string[] = [];
  while (words[0] === "module") modules.push(...words.splice(0, 2).slice(1));
  return { modules, resource: words.join(".") };
}

function distinct(sources: readonly SecretSource[]): SecretSource[] {
  return [...new Map(sources.map((one) => [JSON.stringify(one), one])).values()];
}
