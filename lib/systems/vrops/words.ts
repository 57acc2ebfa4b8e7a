import { objectWords, type ApiWords } from "../kit/words";
import { emailPluginSchema } from "./email-plugin.schema";
import { notificationRuleSchema } from "./notification-rule.schema";
import { pluginSchema } from "./plugin.schema";

export const vropsWords: ApiWords = {
  name: "vrops",
  title: "vROps",
  login: {
    credential: "the user name or the password",
    setting: "username",
    fix: "Check vrops.username, vrops.password and vrops.auth_source (VROPS_USERNAME, VROPS_PASSWORD, VROPS_AUTH_SOURCE). It is not tried again in this run, because vROps locks accounts after a few failures.",
  },
  rights: 'Give its role the "Manage" permissions of Outbound Settings and Notifications in vROps.',
  address: "Check that vrops.url leads to vROps itself and not to a portal or proxy.",
};

const importId = { form: "its id, a GUID", example: "0af46857-0186-406e-a7c8-bdcf0cc7737d" };

export const emailPluginWords = objectWords(vropsWords, emailPluginSchema, {
  kind: "e-mail plugin",
  where: "Outbound Settings",
  importId,
});

export const pluginWords = objectWords(vropsWords, pluginSchema, {
  kind: "plugin",
  where: "Outbound Settings",
  importId,
});

export const ruleWords = objectWords(vropsWords, notificationRuleSchema, {
  kind: "notification rule",
  where: "Alerts, Notifications",
  importId: { form: "its id, a GUID", example: "493b1a14-ad34-4f0a-a2b4-97c99eb4bc75" },
});
