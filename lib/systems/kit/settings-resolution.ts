import { ProblemError, type Problem } from "../../core/problem";
import { isObject, isUnknown, type Value, type ValueObject } from "../../terraform-plugin/values";
import { DEFAULT_HTTP_TIMEOUT, httpAttributesOf, httpLimits, httpVariables } from "./http-settings";
import {
  halfACredential,
  missingSettings,
  noCredential,
  severalCredentials,
  type MissingSetting,
} from "./problems/settings";
import { realmDigest } from "./realm";
import type { HttpLimits } from "../../http/limits";
import type { Attributes } from "../../terraform-plugin/schema";
import type { LoginKind, SettingsDeclaration, SettingsFile, SettingsWorld } from "./settings";
import { fromText } from "./settings-text";
import type { SystemWords } from "./words";

/** The parts of a system that its settings depend on. */
export interface Configurable extends SystemWords {
  readonly settings: SettingsDeclaration;
}

/** The result of resolving a system's settings. */
export type Resolution =
  | { readonly status: "complete"; readonly settings: ValueObject; readonly limits: HttpLimits }
  /** Fields that are known only after apply; none when that is the whole block. Other sources are not consulted for them. */
  | { readonly status: "unknown"; readonly fields: readonly string[] }
  | { readonly status: "faulty"; readonly problems: readonly Problem[] };

/** A higher rank has priority. */
const RANK = { block: 3, environment: 2, file: 1, default: 0 } as const;

interface Found {
  readonly field: string;
  readonly value: Value;
  readonly rank: number;
  readonly source: string;
}

/** Fields, and their sources. */
interface Sources {
  readonly attributes: Attributes;
  /** The environment variables of a field, the most specific first. */
  readonly variables: (field: string) => readonly string[];
  readonly defaults: ValueObject;
  readonly file: SettingsDeclaration["file"];
}

interface Findings {
  readonly found: ReadonlyMap<string, Found>;
  readonly file: SettingsFile | undefined;
  /** Whether a file that cannot be read yet may contain more. */
  readonly unfinished: boolean;
  readonly problems: readonly Problem[];
}

/**
 * Resolves the settings of a system, from the provider block, then the environment, then the vendor's own file, then the
 * defaults: field by field; empty texts count as missing. Of several logins the one with the highest rank is used.
 *
 * @param block the system's object in the provider configuration: null when there is none
 */
export function resolveSettings(system: Configurable, block: Value, world: SettingsWorld): Resolution {
  if (isUnknown(block)) return { status: "unknown", fields: [] };
  const findings = findSettings(system, block, world);
  const http = findHttp(system, block, world);
  const all = [...findings.found.values(), ...http.found.values()];
  const unknown = all.filter(({ value }) => isUnknown(value)).map(({ field }) => field);
  // Unusable values come first: other missing values may be a consequence.
  const unusable = [...findings.problems, ...http.problems];
  if (unusable.length > 0) return { status: "faulty", problems: unusable };
  if (findings.unfinished) return { status: "unknown", fields: unknown };
  const login = chooseLogin(system, findings);
  const problems = [...missingRequired(system, findings), ...login.problems];
  if (problems.length > 0) return { status: "faulty", problems };
  if (unknown.length > 0) return { status: "unknown", fields: unknown };
  const settings = Object.fromEntries(
    Object.keys(system.settings.attributes).map((field) => [field, findings.found.get(field)?.value ?? null]),
  );
  for (const [field, value] of Object.entries(settings)) {
    if (system.settings.attributes[field]!.sensitive && typeof value === "string") world.redactor.add(value);
  }
  const patience = Object.fromEntries([...http.found.values()].map(({ field, value }) => [field, value]));
  return { status: "complete", settings: { ...settings, ...login.chosen }, limits: httpLimits(patience) };
}

/** Whether any source mentions the system: a mistake in it is then worth reporting. */
export function isMentioned(system: Configurable, world: SettingsWorld): boolean {
  const { found, problems } = findSettings(system, null, world);
  return problems.length > 0 || [...found.values()].some(({ rank }) => rank > RANK.default);
}

/**
 * A digest of the place where the system's objects live; undefined while a setting of it is missing, unusable or unknown.
 */
export function realmOfSettings(system: Configurable, block: Value, world: SettingsWorld): string | undefined {
  const { settings, place } = system.settings.realm;
  if (settings.length === 0) return realmDigest(system.name, []);
  if (isUnknown(block)) return undefined;
  const { found } = findSettings(system, block, world);
  const values = Object.fromEntries(settings.map((field) => [field, found.get(field)?.value ?? null]));
  if (Object.values(values).some(isUnknown)) return undefined;
  try {
    const known = place(values);
    return known && realmDigest(system.name, known);
  } catch (error) {
    if (error instanceof ProblemError) return undefined;
    throw error;
  }
}

function findSettings(system: Configurable, block: Value, world: SettingsWorld): Findings {
  const { attributes, environment, defaults, file } = system.settings;
  const variables = (field: string) => (environment[field] === undefined ? [] : [environment[field]]);
  return find(system, { attributes, variables, defaults, file }, block, world);
}

/**
 * Finds the HTTP settings. They are not passed to the system, and a variable shared by all systems does not mention any of
 * them.
 */
function findHttp(system: Configurable, block: Value, world: SettingsWorld): Findings {
  const { attributes, httpTimeout = DEFAULT_HTTP_TIMEOUT } = system.settings;
  // A system without settings has no HTTP settings, either.
  const own: Attributes = Object.keys(attributes).length === 0 ? {} : httpAttributesOf(httpTimeout);
  const named: Readonly<Record<string, readonly string[]>> = httpVariables(system.name);
  const variables = (field: string) => named[field] ?? [];
  return find(
    system,
    { attributes: own, variables, defaults: { http_timeout: httpTimeout }, file: undefined },
    block,
    world,
  );
}

function find(
  system: Configurable,
  { attributes, variables, defaults, file: openFile }: Sources,
  block: Value,
  world: SettingsWorld,
): Findings {
  const found = new Map<string, Found>();
  const problems: Problem[] = [];
  const missing = () => Object.keys(attributes).filter((field) => !found.has(field));
  const take = (field: string, value: Value, rank: number, source: string) => {
    if (value === null || value === "") return;
    found.set(field, { field, value, rank, source });
    problems.push(...faultsOf(system, attributes, field, value, source));
  };
  const takeText = (field: string, text: string, rank: number, source: string) => {
    try {
      take(field, fromText(system, attributes[field]!, text, source), rank, source);
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      problems.push(...error.problems);
    }
  };

  const configured = isObject(block) ? block : {};
  for (const field of missing()) take(field, configured[field] ?? null, RANK.block, `${system.name}.${field}`);
  for (const field of missing()) {
    // An empty variable is one that a CI system has not filled.
    const variable = variables(field).find((name) => world.environment[name]);
    if (variable !== undefined) takeText(field, world.environment[variable]!, RANK.environment, variable);
  }
  const opened = openFile?.((field) => found.get(field)?.value ?? null, world);
  const file = isUnknown(opened) ? undefined : opened;
  for (const field of file === undefined ? [] : missing()) {
    const written = file!.get(field);
    if (written !== undefined) takeText(field, written.value, RANK.file, written.source);
  }
  for (const field of missing()) take(field, defaults[field] ?? null, RANK.default, "the default");
  return { found, file, unfinished: isUnknown(opened), problems };
}

function missingRequired(system: Configurable, { found, file }: Findings): Problem[] {
  const [first, ...rest] = system.settings.required.filter((field) => !found.has(field));
  if (first === undefined) return [];
  const describe = describer(system, found);
  return [missingSettings(system, [describe(first), ...rest.map(describe)], file?.place)];
}

/** The problems of a value by its attribute's own validators, for all sources: Terraform runs them on the block alone. */
function faultsOf(
  system: Configurable,
  attributes: Attributes,
  field: string,
  value: Value,
  source: string,
): Problem[] {
  if (isUnknown(value)) return [];
  return (attributes[field]!.validators ?? []).flatMap((validator) => {
    const problem = validator.check(value);
    return problem === undefined
      ? []
      : [{ ...problem, path: [system.name, field], got: [problem.got, `from ${source}`].filter(Boolean).join(" ") }];
  });
}

function describer(system: Configurable, found: Findings["found"]): (field: string) => MissingSetting {
  const { environment, hint } = system.settings;
  const known = (field: string) => found.get(field)?.value ?? null;
  return (field) => ({ field, variable: environment[field], hint: hint?.(field, known) });
}

interface Login {
  readonly chosen: ValueObject;
  readonly problems: readonly Problem[];
}

/**
 * Chooses the login with the highest rank. Its fields may come from different sources; fields of other logins are dropped.
 */
function chooseLogin(system: Configurable, { found, file }: Findings): Login {
  const { logins, environment } = system.settings;
  const kinds = Object.entries(logins);
  if (kinds.length === 0) return { chosen: {}, problems: [] };
  const fieldsOf = ({ needs }: LoginKind) => needs.flatMap((field) => found.get(field) ?? []);
  // It may turn out to be null, and then another login is used.
  if (kinds.some(([, kind]) => fieldsOf(kind).some(({ value }) => isUnknown(value))))
    return { chosen: {}, problems: [] };

  const rankOf = (kind: LoginKind) => Math.max(-1, ...fieldsOf(kind).map(({ rank }) => rank));
  const highest = Math.max(...kinds.map(([, kind]) => rankOf(kind)));
  if (highest < 0) return { chosen: {}, problems: [noCredential(system, logins, environment, file?.place)] };
  const chosen = kinds.filter(([, kind]) => rankOf(kind) === highest);
  if (chosen.length > 1) {
    const all = chosen.flatMap(([, kind]) => fieldsOf(kind));
    return { chosen: {}, problems: [severalCredentials(system, logins, all)] };
  }
  const [name, kind] = chosen[0]!;
  const [first, ...rest] = kind.needs.filter((field) => !found.has(field));
  if (first !== undefined) {
    const describe = describer(system, found);
    const missing = [describe(first), ...rest.map(describe)] as const;
    return { chosen: {}, problems: [halfACredential(system, kind.describes, fieldsOf(kind), missing, file?.place)] };
  }
  const fields = Object.fromEntries(kind.needs.map((field) => [field, found.get(field)!.value]));
  const others = kinds.flatMap(([, { needs }]) => needs).filter((field) => !kind.needs.includes(field));
  return {
    chosen: { ...Object.fromEntries(others.map((field) => [field, null])), login: { kind: name, ...fields } },
    problems: [],
  };
}
