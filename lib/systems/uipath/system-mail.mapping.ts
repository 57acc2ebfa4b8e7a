import { SYSTEM_KEYS } from "./keys";
import { systemId, type Partition } from "./partition";
import { ATTRIBUTES, declaredOf, declaredValues, describeDifferences, numberOrNull, type MailKey } from "./mail.values";
import type { SystemMailState } from "./system-mail.schema";
import type { SystemRows } from "./system-settings";

const KEYS = Object.entries(SYSTEM_KEYS).filter(([key]) => key !== "password") as readonly (readonly [
  MailKey,
  string,
])[];

export const systemValues = (rows: SystemRows): Map<MailKey, string> =>
  new Map(KEYS.flatMap(([key, name]) => (rows.has(name) ? [[key, rows.get(name)!.value ?? ""] as const] : [])));

/** The declared settings, with the time-out where it is declared. */
export function declaredSystemValues(planned: SystemMailState): Map<MailKey, string> {
  const values = declaredValues(planned);
  const { connection_timeout_ms: timeout } = planned;
  return timeout === null ? values : values.set("connectionTimeout", String(timeout));
}

/** The keys of these values in the Identity service. */
export const systemNames = (values: ReadonlyMap<MailKey, string>): Map<string, string> =>
  new Map(KEYS.flatMap(([key, name]) => (values.has(key) ? [[name, values.get(key)!] as const] : [])));

/** The differences between the settings and the declaration, for people. */
export const systemDifferences = (rows: SystemRows, planned: SystemMailState): string[] =>
  describeDifferences(systemValues(rows), declaredSystemValues(planned));

/** The former settings, for a destroy that cannot delete. Never the password, which UiPath does not show. */
export interface FoundSystemMail {
  readonly values: Readonly<Record<string, string>>;
  readonly hadPassword: boolean;
}

export const foundSystemMail = (rows: SystemRows): FoundSystemMail => ({
  values: Object.fromEntries(systemNames(systemValues(rows))),
  hadPassword: Boolean(rows.get(SYSTEM_KEYS.password)?.value),
});

/** The differences between the settings and the former ones, by key. */
export const differsFromFound = (rows: SystemRows, { values }: FoundSystemMail): string[] =>
  Object.entries(values)
    .filter(([key, value]) => (rows.get(key)?.value ?? "").toLowerCase() !== value.toLowerCase())
    .map(([key, value]) => `${key} is ${JSON.stringify(rows.get(key)?.value ?? "")}, to be ${JSON.stringify(value)}`);

/** Whether nothing is set there, so that everything is inherited. */
export const inheritsAll = (rows: SystemRows): boolean => [...rows.values()].every(({ value }) => !value);

/** The origin of each setting, and the host's values. `host` is undefined where it cannot be seen. */
export function inheritance(
  partition: Partition,
  rows: SystemRows,
  host: SystemRows | undefined,
): Pick<SystemMailState, "origin" | "inherited"> {
  const names = Object.entries(SYSTEM_KEYS) as readonly (readonly [keyof typeof SYSTEM_KEYS, string])[];
  const origin = names.map(([key, name]) => [ATTRIBUTES[key], originOf(partition, rows.has(name), host?.has(name))]);
  const inherited = names.flatMap(([key, name]) => {
    const value = partition === undefined || key === "password" ? undefined : host?.get(name)?.value;
    return value ? [[ATTRIBUTES[key], value] as const] : [];
  });
  return {
    origin: Object.fromEntries(origin) as Record<string, string>,
    inherited: Object.fromEntries(inherited),
  };
}

function originOf(partition: Partition, own: boolean, host: boolean | undefined): string {
  if (own) return partition === undefined ? "host" : "organization";
  if (partition === undefined) return "platform";
  return host === undefined ? "inherited" : host ? "host" : "platform";
}

/** The state of the settings. */
export function systemMailState(
  partition: Partition,
  rows: SystemRows,
  host: SystemRows | undefined,
  prior: Partial<SystemMailState>,
): SystemMailState {
  const values = systemValues(rows);
  const declared = declaredOf(values);
  return {
    id: systemId(partition),
    scope: partition === undefined ? "host" : "organization",
    organization_id: partition ?? null,
    ...declared,
    // Required, so the state needs a value; an empty one shows as a difference.
    smtp_host: declared.smtp_host ?? "",
    smtp_port: declared.smtp_port ?? 0,
    sender_address: declared.sender_address ?? "",
    password_wo: null,
    password_wo_version: prior.password_wo_version ?? 1,
    connection_timeout_ms: numberOrNull(values.get("connectionTimeout")),
    adopt_existing: prior.adopt_existing ?? false,
    ...inheritance(partition, rows, host),
    timeouts: prior.timeouts ?? null,
  };
}
