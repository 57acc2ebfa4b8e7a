import { ProblemError } from "../../core/problem";
import type { Context, Planned, PrivateState, Resource } from "../../terraform-plugin/resource";
import { isUnknown } from "../../terraform-plugin/values";
import { createOrTakeOver, type TakenFrom } from "../kit/adoption";
import { badImportId } from "../kit/problems";
import { isOfThisState } from "../kit/singleton";
import type { UiPathClient } from "./client";
import { textOf } from "./envelope";
import { alertsSwitchedOff, maybeInherited, noDefaultMode, settingsDeleted, settingsRestored } from "./errors";
import { ALERTS_ENABLED, TENANT_KEYS } from "./keys";
import { declaredValues, differing, TOGETHER, type MailValues } from "./mail.values";
import { warnIfIgnored, type Server } from "./mail-in-force";
import {
  alertsDifference,
  alertsEnabled,
  differsFrom,
  fingerprint,
  foundIn,
  hasPassword,
  isCustom,
  isReset,
  tenantDifferences,
  tenantMailState,
  tenantNames,
  tenantValues,
  type Found,
} from "./tenant-mail.mapping";
import { tenantMailSchema, type TenantMailSchema, type TenantMailState } from "./tenant-mail.schema";
import { tenantMailWords } from "./tenant-mail.words";
import type { Rows } from "./tenant-settings";

type Ctx = Context<UiPathClient>;

const ID = "tenant";

const MAIL_ATTRIBUTES = [
  "mode",
  "smtp_host",
  "smtp_port",
  "domain",
  "username",
  "enable_ssl",
  "use_default_credentials",
  "sender_address",
  "sender_name",
] as const;

/** The notes beside the state. */
interface Notes {
  found?: Found;
  inherited?: string;
}

/** `outbound_uipath_tenant_mail`: the mail settings of one Orchestrator tenant. */
export const tenantMailResource: Resource<TenantMailSchema, UiPathClient> = {
  schema: tenantMailSchema,

  async plan({ prior, planned }, { connect, signal, report }) {
    if (planned === null || planned.mode !== "custom" || !changesMail(prior, planned)) return;
    const client = await connect();
    if (client === undefined) return;
    const { smtp_host: host, smtp_port: port } = planned;
    const server = isUnknown(host) || isUnknown(port) ? undefined : { host, port };
    await warnIfIgnored(server, { client, signal, report });
  },

  /**
   * Creates the settings. They always exist, so this is either the first configuration or takes over somebody's. A set that
   * another stack has is invisible when Orchestrator shows its settings as the host's.
   */
  async create({ planned, config, private: notes, ownership, save }, context) {
    const { client, signal, report } = context;
    const ours = await isOfThisState(ownership, ID);
    const rows = await client.tenant.shown.now(signal);
    const custom = isCustom(rows);
    let change: Change | undefined;
    const write = async (from: TakenFrom | "nobody") => {
      // The first address records the former settings, and those that follow keep them.
      if (from === "stranger" || from === "nobody") (notes as Notes).found = foundIn(rows);
      // Inherited values that equal the declaration are not the tenant's own: then all are written.
      const everything = from !== "stranger" || custom !== "yes";
      const write = { password: true, everything, alerts: from === "address" || from === "itself" };
      change = await send(rows, planned, config.password_wo, write, notes, context);
      return rows;
    };
    await createOrTakeOver(
      {
        words: tenantMailWords,
        name: `of ${client.tenantName}`,
        idOf: () => ID,
        existing: async () => (ours || custom !== "no" ? [rows] : []),
        differences: () => tenantDifferences(rows, planned),
        adoptExisting: planned.adopt_existing,
        ...(custom === "unknown" ? { doubt: maybeInherited } : {}),
        create: () => write("nobody"),
        write: (_rows, _differences, from) => write(from),
        save: () => save(stateOf(planned)),
      },
      { ownership, report },
    );
    await seen(change!, planned, notes, context);
    if (planned.mode === "custom") await warnIfIgnored(serverOf(planned), context);
    return stateOf(planned);
  },

  async read({ prior, private: notes, imported }, { client, signal }) {
    const rows = await client.tenant.shown.read(signal);
    const known = imported ? { timeouts: prior.timeouts } : prior;
    const state = tenantMailState(rows, known, (notes as Notes).inherited);
    client.tenant.inherits = state.mode === "default";
    return state;
  },

  async update({ prior, planned, config, private: notes }, context) {
    const rows = await context.client.tenant.shown.now(context.signal);
    // Orchestrator's answer does not reliably show a new password, or what "default" has erased.
    const everything = prior.mode !== planned.mode;
    const password = everything || prior.password_wo_version !== planned.password_wo_version;
    const alerts = prior.alerts_enabled !== planned.alerts_enabled;
    const write = { password, everything, alerts, instead: prior };
    const change = await send(rows, planned, config.password_wo, write, notes, context);
    await seen(change, planned, notes, context);
    if (planned.mode === "custom" && changesMail(prior, planned)) await warnIfIgnored(serverOf(planned), context);
    return stateOf(planned);
  },

  async delete({ private: notes }, { client, signal, report }) {
    const { tenant, tenantName } = client;
    const { found } = notes as Notes;
    const before = await tenant.shown.now(signal);
    const { offered, answer } = await tenant.delete([...Object.values(TENANT_KEYS), ALERTS_ENABLED], signal);
    if (offered) {
      const gone = (now: Rows) => isAsLeft(before, notes) || isReset(now, before, found);
      await tenant.shown.gone(gone, answer, signal);
      report(settingsDeleted(tenantName, "the host's settings apply to it now"));
      return;
    }
    // Our password must not stay with somebody else's user name.
    const values: Found["values"] =
      found === undefined ? { [ALERTS_ENABLED]: "false" } : { ...found.values, [TENANT_KEYS.password]: "" };
    await tenant.update(new Map(Object.entries(values)), signal);
    await tenant.shown.settled((now) => differsFrom(now, found?.values ?? values), signal);
    report(
      found === undefined
        ? alertsSwitchedOff(tenantName, textOf(answer))
        : settingsRestored(tenantName, found.hadPassword),
    );
  },

  import(id) {
    if (id !== ID) throw new ProblemError(badImportId(tenantMailWords, id));
    return { id };
  },
};

const serverOf = ({ smtp_host: host, smtp_port: port }: TenantMailState): Server => ({ host, port });

/** Whether anything but the switch of alert mails changes; unknown counts as a change. */
function changesMail(prior: TenantMailState | null, planned: Planned<TenantMailSchema>): boolean {
  if (prior === null) return true;
  return MAIL_ATTRIBUTES.some((name) => prior[name] !== planned[name]);
}

const stateOf = (planned: TenantMailState): TenantMailState => ({ ...planned, id: ID, password_wo: null });

/** Writes that are made although nothing seems to differ. */
interface Write {
  readonly password: boolean;
  readonly everything: boolean;
  readonly alerts: boolean;
  /** The state whose declaration is replaced. @default none */
  readonly instead?: TenantMailState;
}

/** The start of a write, and whether it removes the tenant's own values. */
interface Change {
  readonly before: Rows;
  readonly resets: boolean;
}

/** Sends the declared settings, in one call for values and one for their deletion. */
async function send(
  before: Rows,
  planned: TenantMailState,
  password: string | null,
  write: Write,
  notes: PrivateState,
  { client, signal, redactor }: Ctx,
): Promise<Change> {
  redactor.add(password);
  const writes = new Map<string, string>();
  const { alerts_enabled: alerts } = planned;
  if (write.alerts || alertsEnabled(before) !== alerts) writes.set(ALERTS_ENABLED, String(alerts));
  const resets = planned.mode === "default" && isCustom(before) !== "no" && !isAsLeft(before, notes);
  if (planned.mode === "custom") {
    for (const [name, value] of mailWrites(before, planned, password, write)) writes.set(name, value);
    rememberPassword(client, planned, password);
    // The recorded inherited values are outdated from now on.
    delete (notes as Notes).inherited;
  } else if (resets) {
    const { offered, answer } = await client.tenant.delete(Object.values(TENANT_KEYS), signal);
    if (!offered) throw new ProblemError(noDefaultMode(textOf(answer)));
  }
  if (writes.size > 0) await client.tenant.update(writes, signal);
  return { before, resets };
}

/** Reads until the written settings show: the calls return nothing, and whether they are atomic is not documented. */
async function seen(
  { before, resets }: Change,
  planned: TenantMailState,
  notes: PrivateState,
  { client, signal }: Ctx,
): Promise<void> {
  const kept = notes as Notes;
  client.tenant.inherits = planned.mode === "default";
  const reset = (now: Rows) =>
    resets && !isReset(now, before, kept.found) ? ['mode is "custom", declared "default"'] : [];
  const now = await client.tenant.shown.settled(
    (rows) =>
      planned.mode === "custom"
        ? tenantDifferences(rows, planned)
        : [...reset(rows), ...alertsDifference(rows, planned)],
    signal,
  );
  if (planned.mode === "default") kept.inherited = fingerprint(now);
}

/** The differing settings; host, port and sender go together, and the password with any change. */
function mailWrites(rows: Rows, planned: TenantMailState, password: string | null, write: Write): Map<string, string> {
  const declared = declaredValues(planned);
  // A reading may be outdated, so whatever the plan changes is written.
  const former = write.instead === undefined ? declared : declaredValues(write.instead);
  const changed = new Set(
    write.everything ? declared.keys() : [...differing(tenantValues(rows), declared), ...differing(former, declared)],
  );
  if (TOGETHER.some((key) => changed.has(key))) for (const key of TOGETHER) changed.add(key);
  const values: MailValues = new Map([...declared].filter(([key]) => changed.has(key)));
  const writes = tenantNames(values);
  if (planned.username === null) {
    if (hasPassword(rows)) writes.set(TENANT_KEYS.password, "");
  } else if (password !== null && (write.password || changed.size > 0)) {
    writes.set(TENANT_KEYS.password, password);
  }
  return writes;
}

const isAsLeft = (rows: Rows, notes: PrivateState) => (notes as Notes).inherited === fingerprint(rows);

/** Remembers the password for the platform's own test, which needs it unencrypted. */
function rememberPassword({ tenant }: UiPathClient, { username }: TenantMailState, password: string | null): void {
  tenant.password = username !== null && password !== null ? { username, text: password } : undefined;
}
