import { ProblemError } from "../../core/problem";
import type { Context, Resource } from "../../terraform-plugin/resource";
import { isUnknown } from "../../terraform-plugin/values";
import { createOrTakeOver, type TakenFrom } from "../kit/adoption";
import { badImportId, leftBehind } from "../kit/problems";
import { CallError } from "../kit/rest-api";
import { isOfThisState } from "../kit/singleton";
import type { UiPathClient } from "./client";
import { textOf } from "./envelope";
import { changedMeanwhile, settingsDeleted, settingsRestored } from "./errors";
import { isGuid } from "../kit/guid";
import { SYSTEM_KEYS } from "./keys";
import { differing } from "./mail.values";
import { partitionIn, partitionName, systemId, type Partition } from "./partition";
import {
  declaredSystemValues,
  differsFromFound,
  foundSystemMail,
  inheritance,
  inheritsAll,
  systemDifferences,
  systemMailState,
  systemNames,
  systemValues,
  type FoundSystemMail,
} from "./system-mail.mapping";
import { systemMailSchema, type SystemMailSchema, type SystemMailState } from "./system-mail.schema";
import { systemMailWords } from "./system-mail.words";
import type { SystemRows } from "./system-settings";

type Ctx = Context<UiPathClient>;

/** The notes beside the state: the former settings, for a destroy that cannot delete. */
interface Notes {
  found?: FoundSystemMail;
}

/** `outbound_uipath_system_mail`: the mail settings of an organization or of the host. */
export const systemMailResource: Resource<SystemMailSchema, UiPathClient> = {
  schema: systemMailSchema,

  plan({ prior, planned, config, replace }) {
    if (planned === null) return;
    // The host has no organization, which is known now; the schema would treat an absent default as unknown.
    if (planned.scope === "host" && config?.organization_id === null) planned.organization_id = null;
    if (prior === null || isUnknown(planned.organization_id)) return;
    if (prior.organization_id !== planned.organization_id) replace.add("organization_id");
  },

  /** Creates the settings. Settings that nobody has set do not exist, so existing ones belong to somebody. */
  async create({ planned, config, private: notes, ownership, save }, context) {
    const { client, signal, report } = context;
    const partition = await partitionOf(planned, context);
    const id = systemId(partition);
    const ours = await isOfThisState(ownership, id);
    const rows = await client.system.shown(partition).now(signal);
    const write = async (from: TakenFrom | "nobody") => {
      // The first address records the former settings, and those that follow keep them.
      if (from === "stranger" || from === "nobody") (notes as Notes).found = foundSystemMail(rows);
      await send(partition, planned, config.password_wo, context);
      return rows;
    };
    await createOrTakeOver(
      {
        words: systemMailWords,
        name: `of ${partitionName(partition)}`,
        idOf: () => id,
        existing: async () => (ours || !inheritsAll(rows) ? [rows] : []),
        differences: () => systemDifferences(rows, planned),
        adoptExisting: planned.adopt_existing,
        create: () => write("nobody"),
        write: (_rows, _differences, from) => write(from),
        save: () => save(stateOf(partition, planned)),
      },
      { ownership, report },
    );
    return seen(partition, planned, context);
  },

  async read({ prior, imported }, { client, signal }) {
    const partition = partitionIn(prior.id!) ?? undefined;
    const rows = await client.system.shown(partition).read(signal);
    // Without any setting of its own there is nothing to change in place.
    if (inheritsAll(rows)) return null;
    const host = await hostRows(partition, client, signal);
    return systemMailState(partition, rows, host, imported ? { timeouts: prior.timeouts } : prior);
  },

  async update({ prior, planned, config }, context) {
    const { client, signal } = context;
    const partition = await partitionOf(planned, context);
    const rows = await client.system.shown(partition).now(signal);
    const declared = declaredSystemValues(planned);
    // A reading may be outdated, so whatever the plan changes is written.
    const changed = [systemValues(rows), declaredSystemValues(prior)].some(
      (one) => differing(one, declared).length > 0,
    );
    if (changed || prior.password_wo_version !== planned.password_wo_version) {
      await send(partition, planned, config.password_wo, context);
    }
    return seen(partition, planned, context);
  },

  async delete({ prior, private: notes }, { client, signal, report }) {
    const partition = partitionIn(prior.id!) ?? undefined;
    const where = partitionName(partition);
    const set = client.system.shown(partition);
    const isSet = (rows: SystemRows) => !inheritsAll(rows);
    const rows = await set.sought(isSet, signal);
    if (rows.size === 0) return;
    const { offered, answer } = await client.system.delete(partition, rows, signal);
    if (offered) {
      await set.gone(inheritsAll, answer, signal);
      const above =
        partition === undefined
          ? "organizations without settings of their own send by the platform's now"
          : "the host's settings apply to it now";
      report(settingsDeleted(where, above));
      return;
    }
    const { found } = notes as Notes;
    // An incomplete set would be refused, and an empty one would be a set of its own.
    if (!found?.values[SYSTEM_KEYS.host] || !found.values[SYSTEM_KEYS.senderAddress]) {
      const fix = "Choose the default in Admin > Mail settings by hand.";
      report(leftBehind(systemMailWords, { name: `of ${where}`, id: prior.id }, fix, textOf(answer)));
      return;
    }
    const emptied = [...rows.keys()].map((key) => [key, ""] as const);
    const values = new Map([...emptied, ...Object.entries(found.values), [SYSTEM_KEYS.password, ""] as const]);
    await client.system.put(partition, values, signal);
    await set.settled((now) => differsFromFound(now, found), signal);
    report(settingsRestored(where, found.hadPassword));
  },

  import(id) {
    const partition = partitionIn(id);
    if (partition === undefined) return { id, scope: "host", organization_id: null };
    if (!isGuid(partition)) throw new ProblemError(badImportId(systemMailWords, id));
    return { id: systemId(partition), scope: "organization", organization_id: partition };
  },
};

async function partitionOf(planned: SystemMailState, { client, signal }: Ctx): Promise<Partition> {
  if (planned.scope === "host") return undefined;
  return planned.organization_id?.toLowerCase() ?? client.organizationId(signal);
}

/** The host's settings; undefined for the host itself, which inherits nothing, and where the account may not see them. */
async function hostRows(partition: Partition, client: UiPathClient, signal: AbortSignal) {
  return partition === undefined ? undefined : client.system.readHost(signal);
}

const stateOf = (partition: Partition, planned: SystemMailState): SystemMailState => ({
  ...planned,
  id: systemId(partition),
  organization_id: planned.organization_id ?? partition ?? null,
  password_wo: null,
});

/** Writes the whole set at once: related keys belong in one request. */
async function send(
  partition: Partition,
  planned: SystemMailState,
  password: string | null,
  context: Ctx,
): Promise<void> {
  const { client, redactor } = context;
  redactor.add(password);
  const writes = systemNames(declaredSystemValues(planned));
  // Unwritten keys stay, as the password must when it is unknown.
  if (planned.username === null) writes.set(SYSTEM_KEYS.password, "");
  else if (password !== null) writes.set(SYSTEM_KEYS.password, password);
  await put(partition, writes, context);
  if (planned.username !== null && password !== null) {
    client.system.passwords.set(partition, { username: planned.username, text: password });
  }
}

/** Reads until the declared settings show; returns the state. */
async function seen(partition: Partition, planned: SystemMailState, { client, signal }: Ctx): Promise<SystemMailState> {
  const now = await client.system.shown(partition).settled((rows) => systemDifferences(rows, planned), signal);
  const found = systemMailState(partition, now, undefined, planned);
  return {
    ...stateOf(partition, planned),
    connection_timeout_ms: planned.connection_timeout_ms ?? found.connection_timeout_ms,
    ...inheritance(partition, now, await hostRows(partition, client, signal)),
  };
}

/** 409 means that somebody else is writing: retries once, then reports another stack. */
async function put(partition: Partition, writes: Map<string, string>, { client, signal }: Ctx): Promise<void> {
  const isConflict = (error: unknown): error is CallError => error instanceof CallError && error.status === 409;
  try {
    await client.system.put(partition, writes, signal);
  } catch (first) {
    if (!isConflict(first)) throw first;
    try {
      await client.system.put(partition, writes, signal);
    } catch (second) {
      if (!isConflict(second)) throw second;
      throw new ProblemError(changedMeanwhile(partitionName(partition), second.problems[0]?.evidence ?? ""));
    }
  }
}
