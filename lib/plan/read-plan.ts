import { cutShort } from "../core/cut-short";
import { compare } from "../core/finding";
import { ProblemError, renderPath } from "../core/problem";
import { Redactor } from "../core/redaction";
import { parseJsonText } from "../terraform-plugin/json";
import type { Attributes, Schema } from "../terraform-plugin/schema";
import { planContract, type ChangeJson, type PlanJson, type ResourceChangeJson } from "./contract";
import { digestOf } from "./digest";
import { declaredIn } from "./declared";
import { newerFormat, notAPlan, notJson, planErrored, truncated } from "./errors";
import { invocationsIn } from "./invocations";
import { isObject, mask } from "./masking";
import { MASK, type OutputChange, type Plan, type ResourceChange, type Values, type Verb } from "./plan";
import { ReferenceMap } from "./references";
import { isSecretName } from "./secret-names";
import { redactedTexts } from "./redacted-texts";
import { findRenames } from "./renames";
import { unknownPaths } from "./unknown-paths";
import { learnSecrets, type Schemas } from "./secrets";
import { withoutWarnings } from "./terraform-json";

export interface ReadOptions {
  /** The origin of the text, for messages: a path. */
  readonly source: string;
  /** What resource types declare: what is secret, and what identifies an object. @default none */
  readonly schemas?: Schemas;
  /** Learns the secrets too. @default a new one */
  readonly redactor?: Redactor;
  /** Accepts the part of a plan that Terraform made before it met an error. @default false */
  readonly partial?: boolean;
}

/**
 * Reads the output of `terraform show -json`.
 *
 * @throws ProblemError `plan/not-json`, `plan/truncated`, `plan/not-a-plan`, `plan/newer-format`, `plan/errored`
 */
export function readPlan(text: string, options: ReadOptions): Plan {
  const json = parsePlan(text, options.source, options.partial);
  const schemas = options.schemas ?? new Map<string, Schema>();
  // A redactor of its own: the hash must not depend on what a command has learnt elsewhere before.
  const own = new Redactor();
  learnSecrets(json, own, schemas);
  const references = new ReferenceMap(json.configuration);
  const reader = new Reader(own, references, schemas);
  const all = (json.resource_changes ?? []).map((change) => reader.resource(change));
  const drift = (json.resource_drift ?? []).map((change) => reader.resource(change));
  const plan = {
    formatVersion: json.format_version,
    terraformVersion: json.terraform_version ?? "",
    timestamp: json.timestamp ?? "",
    resources: sorted(all.filter(({ mode }) => mode === "managed")),
    // Terraform also lists what it only recalculates; what differs has drifted.
    drift: sorted(drift.filter(({ mode, verb }) => mode === "managed" && verb !== "none")),
    data: sorted([...all.filter(({ mode }) => mode === "data"), ...reader.readBefore(json)]),
    renames: findRenames(json.resource_changes ?? [], schemas, references, (provider) =>
      configurations(json, provider),
    ),
    outputs: Object.entries(json.output_changes ?? {})
      .map(([name, change]) => reader.output(name, change))
      .filter(({ verb }) => verb !== "none")
      .sort((a, b) => compare(a.name, b.name)),
    variables: Object.fromEntries(
      Object.entries(json.variables ?? {}).map(([name, { value }]) => [
        name,
        reader.variable(name, value, json.configuration?.root_module?.variables?.[name]?.sensitive),
      ]),
    ),
    invocations: invocationsIn(json, own),
    declared: declaredIn(json.configuration, own),
  };
  options.redactor?.include(own);
  return { ...plan, hash: hashOf(plan, own), redactor: options.redactor ?? own };
}

/** How many configurations of a provider the code has: one for each alias. */
function configurations(json: PlanJson, provider: string): number {
  const all = Object.values(json.configuration?.provider_config ?? {});
  return all.filter(({ full_name: name }) => name === provider).length;
}

/**
 * Parses the output and checks its shape; the values are as Terraform wrote them, secrets included.
 *
 * @param partial see {@link ReadOptions.partial}
 */
export function parsePlan(output: string, source: string, partial = false): PlanJson {
  const text = withoutWarnings(output);
  let json: unknown;
  try {
    // Versions made of digests exceed JavaScript's exact numbers, and may differ in the last digit.
    json = parseJsonText(text);
  } catch {
    const error = syntaxErrorOf(text);
    const evidence = reasonOf(error, text);
    // Text that begins as an object and does not parse at its end was cut off.
    const cut = /^\s*\{\s*"/.test(text) && !/\}\s*$/.test(text);
    throw new ProblemError(
      cut || endsEarly(error) ? truncated(source, text.length, evidence) : notJson(source, evidence),
    );
  }
  if (!isObject(json)) throw new ProblemError(notAPlan(source, Array.isArray(json) ? "a list" : typeof json));
  const version = json["format_version"];
  if (typeof version !== "string") throw new ProblemError(notAPlan(source, looksLike(json)));
  const major = Number(version.split(".")[0]);
  if (!Number.isInteger(major)) throw new ProblemError(notAPlan(source, `format_version "${cutShort(version, 40)}"`));
  if (major > 1) throw new ProblemError(newerFormat(version));
  if (!("resource_changes" in json || "planned_values" in json || "output_changes" in json)) {
    throw new ProblemError(notAPlan(source, looksLike(json)));
  }
  const parsed = planContract.safeParse(json);
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!;
    const where = renderPath(issue.path.map((step) => (typeof step === "symbol" ? String(step) : step)));
    // The values themselves may be secret, so only the place and the kind are reported.
    throw new ProblemError(notAPlan(source, `${where} is not as in a plan`, issue.message));
  }
  if (parsed.data.errored === true && !partial) throw new ProblemError(planErrored());
  return parsed.data;
}

/** The engine's own error for the text, whose positions count in it. */
function syntaxErrorOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    return error;
  }
}

function endsEarly(error: unknown): boolean {
  return /unexpected end|unterminated/i.test(String(error));
}

/** The engine quotes the text around the error, which may be a secret: only the place is shown. */
function reasonOf(error: unknown, text: string): string {
  const position = /position (\d+)/.exec(String(error))?.[1];
  return position === undefined ? `the JSON ends after ${text.length} characters` : `not JSON at character ${position}`;
}

function looksLike(json: Record<string, unknown>): string {
  if ("resources" in json && "lineage" in json) return "a state file";
  if ("values" in json) return "the JSON of a state (`terraform show -json` without a plan file)";
  if ("resource" in json || "terraform" in json) return "a configuration (cdk.tf.json)";
  if ("stacks" in json) return "the manifest of a CDKTF app";
  if ("provider_schemas" in json) return "the schemas of providers";
  if ("@level" in json) return "the log of `terraform plan -json`";
  const keys = Object.keys(json).slice(0, 5).join(", ");
  return keys === "" ? "an empty object" : `an object with ${keys}`;
}

type WithMode = ResourceChange & { readonly mode: string };

class Reader {
  constructor(
    private readonly redactor: Redactor,
    private readonly references: ReferenceMap,
    private readonly schemas: Schemas,
  ) {}

  resource(json: ResourceChangeJson): WithMode {
    const { change, address } = json;
    const schema = json.mode === "managed" ? this.schemas.get(json.type)?.attributes : undefined;
    const before = this.side(change.before, change.before_sensitive, undefined, schema);
    const after = this.side(change.after, change.after_sensitive, change.after_unknown, schema);
    return {
      mode: json.mode,
      address,
      ...(json.previous_address === undefined || json.previous_address === address
        ? {}
        : { previousAddress: json.previous_address }),
      type: json.type,
      name: json.name,
      provider: json.provider_name ?? "",
      actions: change.actions,
      verb: verbOf(json),
      ...(json.action_reason === undefined ? {} : { reason: json.action_reason }),
      ...(change.importing === undefined ? {} : { importId: change.importing.id ?? "" }),
      ...(json.deposed === undefined ? {} : { deposed: json.deposed }),
      replacedBy: (change.replace_paths ?? []).map(renderPath).sort(),
      before,
      after,
      unknown: unknownPaths(change.after_unknown),
      references: this.references.of(address),
      changed: changedAttributes(change),
    };
  }

  /** Data sources that were read during planning are only in the prior state. */
  readBefore(json: PlanJson): WithMode[] {
    const found: WithMode[] = [];
    const visit = (module: NonNullable<NonNullable<PlanJson["prior_state"]>["values"]>["root_module"]): void => {
      for (const one of module?.resources ?? []) {
        if (one.mode !== "data") continue;
        const values = this.side(one.values, one.sensitive_values, undefined, undefined);
        found.push({
          mode: "data",
          address: one.address,
          type: one.type,
          name: one.name,
          provider: one.provider_name ?? "",
          actions: ["no-op"],
          verb: "none",
          replacedBy: [],
          before: values,
          after: values,
          unknown: [],
          references: this.references.of(one.address),
          changed: [],
        });
      }
      for (const child of module?.child_modules ?? []) visit(child);
    };
    visit(json.prior_state?.values?.root_module);
    const changing = new Set((json.resource_changes ?? []).map(({ address }) => address));
    return found.filter(({ address }) => !changing.has(address));
  }

  output(name: string, change: ChangeJson): OutputChange {
    const secret = isSecretName(name);
    const side = (value: unknown, sensitive: unknown, unknown?: unknown) =>
      mask(value, { sensitive: secret || sensitive, unknown }, this.redactor);
    return {
      name,
      verb: verb(change.actions),
      before: side(change.before, change.before_sensitive),
      after: side(change.after, change.after_sensitive, change.after_unknown),
    };
  }

  variable(name: string, value: unknown, sensitive: boolean | undefined): unknown {
    const masked = mask(
      { [name]: value },
      { sensitive: sensitive === true ? { [name]: true } : undefined },
      this.redactor,
    );
    return isObject(masked) ? masked[name] : MASK;
  }

  private side(value: unknown, sensitive: unknown, unknown: unknown, schema: Attributes | undefined): Values | null {
    if (!isObject(value)) return null;
    const masked = mask(value, { sensitive, unknown, schema }, this.redactor);
    return isObject(masked) ? masked : { value: MASK };
  }
}

function verbOf({ change, address, previous_address: previous }: ResourceChangeJson): Verb {
  const plain = verb(change.actions);
  if (plain !== "none" && plain !== "update") return plain;
  if (change.importing !== undefined) return plain === "none" ? "import" : "update";
  if (plain === "none" && previous !== undefined && previous !== address) return "move";
  return plain;
}

function verb(actions: readonly string[]): Verb {
  if (actions.length === 2) return "replace";
  switch (actions[0]) {
    case "create":
    case "update":
    case "delete":
    case "forget":
    case "read":
      return actions[0];
    default:
      return "none";
  }
}

/** Compared before masking, so that a changed secret counts as a change. */
function changedAttributes({ before, after, after_unknown: unknown }: ChangeJson): string[] {
  if (!isObject(before) || !isObject(after)) return [];
  const names = new Set([
    ...Object.keys(before),
    ...Object.keys(after),
    ...(isObject(unknown) ? Object.keys(unknown) : []),
  ]);
  return [...names]
    .filter((name) => {
      const computed = isObject(unknown) ? unknownPaths(unknown[name]).length > 0 : false;
      return computed || JSON.stringify(before[name]) !== JSON.stringify(after[name]);
    })
    .sort();
}

function sorted(resources: readonly WithMode[]): ResourceChange[] {
  return resources
    .map(({ mode: _, ...resource }) => resource)
    .sort((a, b) => compare(a.address, b.address) || compare(a.deposed ?? "", b.deposed ?? ""));
}

/**
 * The hash over what the apply would do, with secrets masked: a hash over a weak password would reveal it to whoever
 * tries all of them. That a secret changes is included, and so are the version attributes beside write-only ones.
 */
function hashOf(plan: Pick<Plan, "resources" | "outputs">, redactor: Redactor): string {
  const acted = plan.resources.filter(({ verb }) => verb !== "none").map(({ references: _, ...resource }) => resource);
  return digestOf(redactedTexts([acted, plan.outputs], redactor));
}
