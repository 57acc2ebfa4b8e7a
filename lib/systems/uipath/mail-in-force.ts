import { ProblemError } from "../../core/problem";
import type { Context } from "../../terraform-plugin/resource";
import type { UiPathClient } from "./client";
import { isConfigured, type MailValues } from "./mail.values";
import { partitionName, type Partition } from "./partition";
import { mayIgnoreTenantMail } from "./release";
import { systemValues } from "./system-mail.mapping";
import { tenantMailMayBeIgnored } from "./tenant-mail.errors";

export interface Server {
  readonly host: string | null;
  readonly port: number | null;
}

/** The settings of an organization or of the host, where they are set and visible. */
export interface SystemMailInForce {
  readonly partition: Partition;
  /** "the organization 3fa8…", "the host". */
  readonly where: string;
  readonly values: MailValues;
}

/**
 * Warns where alerts may use settings other than the tenant's, unless the organization's name the same server.
 *
 * @param server what the tenant declares; undefined while it is not known
 */
export async function warnIfIgnored(
  server: Server | undefined,
  { client, signal, report }: Pick<Context<UiPathClient>, "client" | "signal" | "report">,
): Promise<void> {
  const release = await unlessRefused(() => client.release(signal));
  if (release === undefined || !mayIgnoreTenantMail(release)) return;
  const above = await systemMailInForce(client, signal);
  const same = above?.values.get("host") === server?.host && above?.values.get("port") === String(server?.port);
  if (above === undefined || server === undefined || !same) report(tenantMailMayBeIgnored(client.tenantName, release));
}

/** The organization's mail settings, else the host's: undefined where there are none, or this login may not see them. */
export async function systemMailInForce(
  client: UiPathClient,
  signal: AbortSignal,
): Promise<SystemMailInForce | undefined> {
  const found = (partition: Partition, values: MailValues): SystemMailInForce | undefined =>
    isConfigured(values) ? { partition, where: partitionName(partition), values } : undefined;
  const own = await unlessRefused(async () => {
    const partition = await client.organizationId(signal);
    return found(partition, systemValues(await client.system.shown(partition).read(signal)));
  });
  if (own !== undefined) return own;
  const host = await unlessRefused(() => client.system.readHost(signal));
  return host && found(undefined, systemValues(host));
}

/** Treats settings that this login may not see as unknown, not as an error. */
async function unlessRefused<T>(read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof ProblemError) return undefined;
    throw error;
  }
}
