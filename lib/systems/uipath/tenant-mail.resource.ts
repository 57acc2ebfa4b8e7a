import { ProblemError } from "../../core/problem";
import type { Context, PrivateState, Resource } from "../../terraform-plugin/resource";
import { claiming } from "./claim";
import type { UiPathClient } from "./client";
import {
  adopted,
  adoptedChanged,
  alertsSwitchedOff,
  badImportId,
  conflicting,
  maybeInherited,
  noDefaultMode,
  notKept,
  settingsDeleted,
  settingsRestored,
} from "./errors";
import { vendorWords } from "./envelope";
import { ALERTS_ENABLED, TENANT_KEYS } from "./keys";
import { declaredValues, describeDifferences, differing, TOGETHER, type MailValues } from "./mail.values";
import {
  alertsEnabled,
  fingerprint,
  foundIn,
  hasPassword,
  isCustom,
  tenantMailState,
  tenantNames,
  tenantValues,
  type Found,
} from "./tenant-mail.mapping";
import { tenantMailSchema, type TenantMailSchema, type TenantMailState } from "./tenant-mail.schema";
import type { Rows } from "./tenant-settings";

type Ctx = Context<UiPathClient>;

const ID = "tenant";
const TYPE = tenantMailSchema.type;

/** What is kept beside the state. */
interface Notes {
  found?: Found;
  inherited?: string;
}

/** `outbound_uipath_tenant_mail`: the mail settings of one Orchestrator tenant. */
export const tenantMailResource: Resource<TenantMailSchema, UiPathClient> = {
  schema: tenantMailSchema,

  /**
   * The settings are always there, so this is either the first configuration or taking over somebody's. Settings that
   * differ from the declared ones may be another stack's: that is refused. Not seen is a stack with exactly the same
   * settings (a warning says so) and one whose settings Orchestrator shows as those of the host.
   */
  create: ({ planned, config, private: notes }, context) =>
    claiming(context.client, ID, TYPE, context.client.tenantName, async () => {
      const { client, signal, report } = context;
      const rows = await client.tenant.read(signal);
      const custom = isCustom(rows);
      if (custom !== "no") {
        const differences = allDifferences(rows, planned);
        if (differences.length > 0 && !planned.adopt_existing) {
          const doubt = custom === "unknown" ? maybeInherited : undefined;
          throw new ProblemError(conflicting(TYPE, client.tenantName, ID, differences, doubt));
        }
        report(
          differences.length > 0 ? adoptedChanged(client.tenantName, differences) : adopted(TYPE, client.tenantName),
        );
      }
      (notes as Notes).found = foundIn(rows);
      // Inherited values that happen to be as declared are not the tenant's own: then all are written.
      const write = { password: true, everything: custom !== "yes" };
      await sync(rows, planned, config.password_wo, write, notes, context);
      return stateOf(planned);
    }),

  async read({ prior, private: notes, imported }, { client, signal }) {
    const rows = await client.tenant.read(signal);
    return tenantMailState(rows, imported ? { timeouts: prior.timeouts } : prior, (notes as Notes).inherited);
  },

  update: ({ prior, planned, config, private: notes }, context) =>
    claiming(context.client, ID, TYPE, context.client.tenantName, async () => {
      const rows = await context.client.tenant.read(context.signal);
      // Neither a new password nor what "default" has erased shows for certain in what Orchestrator answers.
      const everything = prior.mode !== planned.mode;
      const password = everything || prior.password_wo_version !== planned.password_wo_version;
      await sync(rows, planned, config.password_wo, { password, everything }, notes, context);
      return stateOf(planned);
    }),

  async delete({ private: notes }, { client, signal, report }) {
    const { tenant, tenantName } = client;
    const refusal = await tenant.delete([...Object.values(TENANT_KEYS), ALERTS_ENABLED], signal);
    client.claimed.delete(ID);
    if (refusal === undefined) {
      report(settingsDeleted(tenantName, "the host's settings apply to it now"));
      return;
    }
    const { found } = notes as Notes;
    if (found === undefined) {
      await tenant.update(new Map([[ALERTS_ENABLED, "false"]]), signal);
      report(alertsSwitchedOff(tenantName, vendorWords(refusal).text));
      return;
    }
    // Ours must not stay behind a user name that is somebody else's.
    await tenant.update(new Map([...Object.entries(found.values), [TENANT_KEYS.password, ""]]), signal);
    report(settingsRestored(tenantName, found.hadPassword));
  },

  import(id) {
    if (id !== ID) throw new ProblemError(badImportId(TYPE, id, `"${ID}": the tenant is the provider's`));
    return { id };
  },
};

const stateOf = (planned: TenantMailState): TenantMailState => ({ ...planned, id: ID, password_wo: null });

/** What is written although nothing seems to differ. */
interface Write {
  readonly password: boolean;
  readonly everything: boolean;
}

/** Brings the tenant to what is declared, in one call for values and one for their deletion. */
async function sync(
  rows: Rows,
  planned: TenantMailState,
  password: string | null,
  write: Write,
  notes: PrivateState,
  context: Ctx,
): Promise<void> {
  const { client, signal, report, redactor } = context;
  redactor.add(password);
  const writes = new Map<string, string>();
  if (alertsEnabled(rows) !== planned.alerts_enabled) writes.set(ALERTS_ENABLED, String(planned.alerts_enabled));
  if (planned.mode === "custom") {
    for (const [name, value] of mailWrites(rows, planned, password, write)) writes.set(name, value);
    rememberPassword(client, planned, password);
    // From now on inherited values are those of another day.
    delete (notes as Notes).inherited;
  } else if (isCustom(rows) !== "no" && !isAsLeft(rows, notes)) {
    const refusal = await client.tenant.delete(Object.values(TENANT_KEYS), signal);
    if (refusal !== undefined) throw new ProblemError(noDefaultMode(vendorWords(refusal).text));
  }
  if (writes.size > 0) await client.tenant.update(writes, signal);

  const now = await client.tenant.read(signal);
  if (planned.mode === "default") {
    (notes as Notes).inherited = fingerprint(now);
    return;
  }
  // The bulk call answers with nothing, and whether it does all or none is not documented.
  const differences = allDifferences(now, planned);
  if (differences.length > 0) report(notKept(client.tenantName, differences));
}

/** Only what differs, except that host, port and sender go together, and the password with any change. */
function mailWrites(rows: Rows, planned: TenantMailState, password: string | null, write: Write): Map<string, string> {
  const declared = declaredValues(planned);
  const changed = new Set(write.everything ? declared.keys() : differing(tenantValues(rows), declared));
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

/** For the platform's own test, which wants the password in clear. */
function rememberPassword({ tenant }: UiPathClient, { username }: TenantMailState, password: string | null): void {
  tenant.password = username !== null && password !== null ? { username, text: password } : undefined;
}

function allDifferences(rows: Rows, planned: TenantMailState): string[] {
  const alerts =
    alertsEnabled(rows) === planned.alerts_enabled
      ? []
      : [`alerts_enabled is ${alertsEnabled(rows)}, declared ${planned.alerts_enabled}`];
  if (planned.mode === "default") return ['mode is "custom", declared "default"', ...alerts];
  return [...describeDifferences(tenantValues(rows), declaredValues(planned)), ...alerts];
}
