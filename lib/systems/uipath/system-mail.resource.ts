import { ProblemError } from "../../core/problem";
import type { Context, Resource } from "../../terraform-plugin/resource";
import { isUnknown } from "../../terraform-plugin/values";
import { CallError } from "../kit/rest-api";
import { claiming } from "./claim";
import type { UiPathClient } from "./client";
import {
  adopted,
  adoptedChanged,
  badImportId,
  changedMeanwhile,
  conflicting,
  notKept,
  settingsDeleted,
  settingsLeft,
  settingsRestored,
} from "./errors";
import { vendorWords } from "./envelope";
import { isGuid } from "./guid";
import { SYSTEM_KEYS } from "./keys";
import { describeDifferences, differing } from "./mail.values";
import {
  declaredSystemValues,
  inheritance,
  inheritsAll,
  systemId,
  systemMailState,
  systemNames,
  systemValues,
} from "./system-mail.mapping";
import { systemMailSchema, type SystemMailSchema, type SystemMailState } from "./system-mail.schema";
import type { SystemRows } from "./system-settings";

type Ctx = Context<UiPathClient>;

const TYPE = systemMailSchema.type;

/** What is kept beside the state: what there was before, for a destroy that cannot delete. Never the password. */
interface Notes {
  found?: { readonly values: Readonly<Record<string, string>>; readonly hadPassword: boolean };
}

/** `outbound_uipath_system_mail`: the mail settings of an organization or of the host. */
export const systemMailResource: Resource<SystemMailSchema, UiPathClient> = {
  schema: systemMailSchema,

  plan({ prior, planned, config, replace }) {
    if (planned === null) return;
    // The host has none, which is known now; a rule of the schema would take "none" for "not known yet".
    if (planned.scope === "host" && config?.organization_id === null) planned.organization_id = null;
    if (prior === null || isUnknown(planned.organization_id)) return;
    if (prior.organization_id !== planned.organization_id) replace.add("organization_id");
  },

  /**
   * Settings that nobody has made are not there at all, so here it can be seen that somebody, another stack or a person,
   * has them already. Who it was cannot be seen; equal settings are taken over with a warning.
   */
  async create({ planned, config, private: notes }, context) {
    const { client, signal, report } = context;
    const partition = await partitionOf(planned, context);
    const where = nameOf(partition);
    return claiming(client, systemId(partition), TYPE, where, async () => {
      const rows = await client.system.read(partition, signal);
      if (!inheritsAll(rows)) {
        const differences = describeDifferences(systemValues(rows), declaredSystemValues(planned));
        if (differences.length > 0 && !planned.adopt_existing) {
          throw new ProblemError(conflicting(TYPE, where, systemId(partition), differences));
        }
        report(differences.length > 0 ? adoptedChanged(where, differences) : adopted(TYPE, where));
      }
      (notes as Notes).found = {
        values: Object.fromEntries(systemNames(systemValues(rows))),
        hadPassword: Boolean(rows.get(SYSTEM_KEYS.password)?.value),
      };
      return sync(partition, rows, planned, config.password_wo, true, context);
    });
  },

  async read({ prior, imported }, { client, signal }) {
    const partition = prior.scope === "host" ? undefined : prior.organization_id!;
    const rows = await client.system.read(partition, signal);
    // Without a single setting of its own there is nothing that could be changed in place.
    if (inheritsAll(rows)) return null;
    const host = await hostRows(partition, client, signal);
    return systemMailState(partition, rows, host, imported ? { timeouts: prior.timeouts } : prior);
  },

  async update({ prior, planned, config }, context) {
    const { client, signal } = context;
    const partition = await partitionOf(planned, context);
    return claiming(client, systemId(partition), TYPE, nameOf(partition), async () => {
      const rows = await client.system.read(partition, signal);
      const force = prior.password_wo_version !== planned.password_wo_version;
      return sync(partition, rows, planned, config.password_wo, force, context);
    });
  },

  async delete({ prior, private: notes }, { client, signal, report }) {
    const partition = prior.scope === "host" ? undefined : prior.organization_id!;
    const where = nameOf(partition);
    const rows = await client.system.read(partition, signal);
    const refusal = rows.size === 0 ? undefined : await client.system.delete(partition, [...rows.keys()], signal);
    client.claimed.delete(systemId(partition));
    if (refusal === undefined) {
      const above =
        partition === undefined
          ? "organizations without settings of their own send by the platform's now"
          : "the host's settings apply to it now";
      if (rows.size > 0) report(settingsDeleted(where, above));
      return;
    }
    const { found } = notes as Notes;
    const values = new Map(Object.entries(found?.values ?? {}));
    // A set that was never whole would be refused, and an empty one would be a set of its own.
    if (found === undefined || !values.get(SYSTEM_KEYS.host) || !values.get(SYSTEM_KEYS.senderAddress)) {
      report(settingsLeft(where, vendorWords(refusal).text));
      return;
    }
    await client.system.put(partition, values.set(SYSTEM_KEYS.password, ""), signal);
    report(settingsRestored(where, found.hadPassword));
  },

  import(id) {
    if (id === "host") return { id, scope: "host", organization_id: null };
    const partition = /^organization\/(.+)$/.exec(id)?.[1];
    if (!isGuid(partition)) throw new ProblemError(badImportId(TYPE, id, '"host" or "organization/<GUID>"'));
    return { id: systemId(partition.toLowerCase()), scope: "organization", organization_id: partition.toLowerCase() };
  },
};

const nameOf = (partition: string | undefined) =>
  partition === undefined ? "the host" : `the organization ${partition}`;

async function partitionOf(planned: SystemMailState, { client, signal }: Ctx): Promise<string | undefined> {
  if (planned.scope === "host") return undefined;
  return planned.organization_id ?? client.organizationId(signal);
}

/** Null for the host, which has nothing above it; undefined where the account may not see it. */
async function hostRows(partition: string | undefined, client: UiPathClient, signal: AbortSignal) {
  return partition === undefined ? undefined : client.system.readHost(signal);
}

/** Writes the whole set at once when anything differs: related keys are wanted in one request. */
async function sync(
  partition: string | undefined,
  rows: SystemRows,
  planned: SystemMailState,
  password: string | null,
  force: boolean,
  context: Ctx,
): Promise<SystemMailState> {
  const { client, signal, report, redactor } = context;
  redactor.add(password);
  const declared = declaredSystemValues(planned);
  if (force || differing(systemValues(rows), declared).length > 0) {
    const writes = systemNames(declared);
    // What is not written stays: the password, when it is not known, must.
    if (planned.username === null) writes.set(SYSTEM_KEYS.password, "");
    else if (password !== null) writes.set(SYSTEM_KEYS.password, password);
    await put(partition, writes, context);
  }
  if (planned.username !== null && password !== null) {
    client.system.passwords.set(partition, { username: planned.username, text: password });
  }

  const now = await client.system.read(partition, signal);
  const differences = describeDifferences(systemValues(now), declared);
  if (differences.length > 0) report(notKept(nameOf(partition), differences));
  const found = systemMailState(partition, now, undefined, planned);
  return {
    ...planned,
    id: systemId(partition),
    organization_id: planned.organization_id ?? partition ?? null,
    password_wo: null,
    connection_timeout_ms: planned.connection_timeout_ms ?? found.connection_timeout_ms,
    ...inheritance(partition, now, await hostRows(partition, client, signal)),
  };
}

/** 409 is "somebody else writes just now": once more, then it is another stack. */
async function put(partition: string | undefined, writes: Map<string, string>, { client, signal }: Ctx): Promise<void> {
  const isConflict = (error: unknown): error is CallError => error instanceof CallError && error.status === 409;
  try {
    await client.system.put(partition, writes, signal);
  } catch (first) {
    if (!isConflict(first)) throw first;
    try {
      await client.system.put(partition, writes, signal);
    } catch (second) {
      if (!isConflict(second)) throw second;
      throw new ProblemError(changedMeanwhile(nameOf(partition), second.problems[0]?.evidence ?? ""));
    }
  }
}
