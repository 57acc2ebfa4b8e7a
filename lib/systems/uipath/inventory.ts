import {
  collection,
  itemOf,
  type Collection,
  type InventoryContext,
  type InventorySource,
  smtpPassword,
} from "../kit/inventory";
import type { UiPathClient } from "./client";
import { systemMailResource } from "./system-mail.resource";
import { systemMailSchema } from "./system-mail.schema";
import { systemId } from "./partition";
import { isCustom } from "./tenant-mail.mapping";
import { tenantMailResource } from "./tenant-mail.resource";
import { tenantMailSchema } from "./tenant-mail.schema";
import { webhookResource } from "./webhook.resource";
import { webhookSchema } from "./webhook.schema";

/** The inventory of the mail settings of tenant, organization and host, where they have their own. */
export const inventory: InventorySource<UiPathClient> = {
  list: (client, _, context) => {
    const { signal } = context;
    const system = (id: string, name: string) =>
      itemOf(systemMailResource, client, id, (state) => ({ name, secrets: smtpPassword(state) }), context);
    return Promise.all([
      collection(tenantMailSchema, "mail settings of the tenant", context, async () => {
        if (isCustom(await client.tenant.shown.read(signal)) === "no") return [];
        const name = client.tenantName.replace(/^the tenant /, "");
        return [
          await itemOf(
            tenantMailResource,
            client,
            "tenant",
            (state) => ({ name: `${name} tenant mail`, secrets: smtpPassword(state) }),
            context,
          ),
        ];
      }),
      collection(systemMailSchema, "mail settings of the organization", context, async () => [
        await system(systemId(await client.organizationId(signal)), "organization mail"),
      ]),
      hostMail(client, context, () => system("host", "host mail")),
      webhooks(client, context),
    ]);
  },
};

/** The host belongs to its administrator: other logins are refused, and need not know its settings. */
async function hostMail(
  client: UiPathClient,
  context: InventoryContext,
  read: () => ReturnType<typeof itemOf>,
): Promise<Collection> {
  const title = "mail settings of the host";
  const listed = await collection(systemMailSchema, title, context, async () => {
    if ((await client.system.readHost(context.signal)) === undefined) throw new Error("this login may not see them");
    return [await read()];
  });
  return "unknown" in listed ? { ...listed, outOfReach: true } : listed;
}

/** Webhooks need a scope that a login for mail need not have: without it they are out of the login's reach. */
async function webhooks(client: UiPathClient, context: InventoryContext): Promise<Collection> {
  const { signal } = context;
  const listed = await collection(webhookSchema, "webhooks of the tenant", context, async () =>
    Promise.all(
      (await client.webhooks.list(signal)).map(({ Id, Name }) =>
        itemOf(webhookResource, client, String(Id), () => ({ name: Name }), context),
      ),
    ),
  );
  return "unknown" in listed && /scope|403|401/.test(listed.unknown) ? { ...listed, outOfReach: true } : listed;
}
