import { objectWords, type ApiWords } from "../kit/words";
import { systemMailSchema } from "./system-mail.schema";
import { tenantMailSchema } from "./tenant-mail.schema";
import { webhookSchema } from "./webhook.schema";

export const uipathWords: ApiWords = {
  name: "uipath",
  title: "UiPath",
  login: {
    credential: "the token",
    setting: "url",
    fix: "Another token was refused as well. Check that the address, the organization and the tenant belong to this application or account; tokens of a password login may not be good for the Identity service.",
  },
  rights:
    "Tenant mail needs the scope OR.Settings and, in the tenant, the permissions Settings.View, Edit and Delete; receivers need OR.Users.Read with Users.View and Roles.View; an organization's mail needs PM.Setting and an organization administrator; the host's needs the host administrator's user name and password.",
  address: "Check that url, organization and tenant lead to the API: an address of the portal answers with a web page.",
};

export const tenantMailWords = objectWords(uipathWords, tenantMailSchema, {
  kind: "mail configuration",
  naming: "phrase",
  where: "Tenant, Settings, Mail",
  importId: { form: "the word tenant", example: "tenant" },
});

export const systemMailWords = objectWords(uipathWords, systemMailSchema, {
  kind: "system mail configuration",
  naming: "phrase",
  where: "Admin, Organization settings, Mail",
  importId: {
    form: "organization/<id of the organization>, or the word host",
    example: "organization/3fa85f64-5717-4562-b3fc-2c963f66afa6",
  },
});

export const webhookWords = objectWords(uipathWords, webhookSchema, {
  kind: "webhook",
  where: "Tenant, Webhooks",
  importId: { form: "its number, which stands in the address of its page", example: "42" },
});
