import * as z from "../../core/zod";
import { eachOf, reading, type Survey } from "../kit/survey";
import type { SettingsOf } from "../kit/settings";
import type { VropsClient } from "./client";
import { authSources, plugins, pluginType, pluginTypes, rules, tokenReply, version } from "./contract";
import { EMAIL_PLUGIN_TYPE, emailPluginSchema } from "./email-plugin.schema";
import { notificationRuleSchema } from "./notification-rule.schema";
import { pluginSchema } from "./plugin.schema";
import { connectionOf, type VropsSettings } from "./settings";
import { tooOldOrNew } from "./survey.errors";
import { productVersion } from "./release";
import { vropsWords } from "./words";

const text = z.string();

/** The answer to `GET /api/auth/currentuser`; its members depend on the release. */
const currentUser = z.looseObject({
  username: z.nullish(text),
  roleNames: z.nullish(z.array(text)),
});

const PLUGIN_TYPE = /[A-Z][A-Za-z]+(?: [A-Z][A-Za-z]+){0,3}/;
const SETTING = /[A-Za-z][A-Za-z_]{1,60}/;

const PAGE_SIZE = 1000;
const types = [emailPluginSchema.type, pluginSchema.type];

/** The survey of vROps: its release, the account, plugins, their types, rules. */
export const survey: Survey<VropsClient, SettingsOf<VropsSettings>> = {
  words: vropsWords,
  address(settings) {
    const { baseUrl } = connectionOf(settings);
    return { url: baseUrl, logins: [`${baseUrl}/api/auth/token/acquire`] };
  },
  async begin(client, { signal, granted }) {
    await client.checkLogin(signal);
    const reply = tokenReply.safeParse(granted()).data;
    return { basis: {}, facts: reply === undefined ? {} : { until: { at: reply.validity, renewed: true } } };
  },
  readings: () => [
    reading({
      subject: "version",
      route: "/api/versions/current",
      contract: version,
      mayLack: "releases before 8.0 have no such call",
      interpret: ({ releaseName }) => {
        const [major, minor, patch] = productVersion(releaseName) ?? [];
        const problem = tooOldOrNew(releaseName);
        return {
          facts: {
            ...(major === undefined ? {} : { version: `${major}.${minor}.${patch}` }),
            edition: releaseName.split(/ (?=\d)/, 1)[0]!,
          },
          ...(problem && { problems: [problem] }),
        };
      },
    }),
    reading({
      subject: "own account",
      route: "/api/auth/currentuser",
      contract: currentUser,
      mayLack: "the release has no call that tells who is logged in",
      interpret: ({ username, roleNames }) => ({
        facts: username ? { account: [username, ...(roleNames ?? [])].join(", ") } : {},
      }),
    }),
    reading({
      subject: "authentication sources",
      route: "/api/auth/sources",
      contract: authSources,
      mayLack: "the release does not list them",
      counts: { "authentication sources": ({ sources }) => sources?.length ?? 0 },
    }),
    reading({
      subject: "outbound plugins",
      route: "/api/alertplugins",
      contract: plugins,
      proves: { right: "read outbound plugins", for: types },
      counts: {
        "e-mail plugins": (data) => ofType(data).filter((type) => type === EMAIL_PLUGIN_TYPE).length,
        "other outbound plugins": (data) => ofType(data).filter((type) => type !== EMAIL_PLUGIN_TYPE).length,
      },
    }),
    reading({
      subject: "plugin types",
      route: "/api/alertplugins/types",
      contract: pluginTypes,
      proves: { right: "read plugin types", for: types },
      counts: { "plugin types": ({ notificationPluginType }) => notificationPluginType?.length ?? 0 },
      then: ({ notificationPluginType }) =>
        eachOf(notificationPluginType ?? [], (type) => [
          reading({
            subject: "settings of a plugin type",
            route: "/api/alertplugins/types/{type}",
            ids: [type],
            contract: pluginType,
          }),
        ]),
    }),
    reading({
      subject: "notification rules",
      route: "/api/notifications/rules",
      query: { page: 0, pageSize: PAGE_SIZE },
      contract: rules,
      proves: { right: "read notification rules", for: [notificationRuleSchema.type] },
      counts: { "notification rules": ({ rules }) => rules?.length ?? 0 },
      nextPage: ({ rules }, page) => ((rules?.length ?? 0) < PAGE_SIZE ? undefined : { page, pageSize: PAGE_SIZE }),
    }),
  ],
  send: (client, _, doing, request) => client.ask(doing, request),
  unproven: [
    {
      right: "change outbound plugins",
      for: types,
      unknown: "vROps tells the roles of an account, not what they allow; only a change shows it",
    },
    {
      right: "change notification rules",
      for: [notificationRuleSchema.type],
      unknown: "vROps tells the roles of an account, not what they allow; only a change shows it",
    },
  ],
  unknownFacts: {
    version: "the server did not tell its release",
    edition: "the server did not tell its release",
    account: "the server did not tell who is logged in",
    until: "the login was answered without its end",
  },
  vocabulary: {
    releaseName: /(?:VMware |vRealize |VCF |Aria )[A-Za-z ]{0,40}[\d.]{0,20}/,
    notificationPluginType: PLUGIN_TYPE,
    id: PLUGIN_TYPE,
    "notificationPluginInstances.pluginTypeId": PLUGIN_TYPE,
    "notificationPluginInstances.configValues.name": SETTING,
    "properties.key": SETTING,
    "properties.dataType": SETTING,
    "rule-properties.key": SETTING,
    "rule-properties.dataType": SETTING,
    "rules.properties.name": SETTING,
    "rules.alertControlStates": SETTING,
    "rules.alertStatuses": SETTING,
    "rules.criticalities": SETTING,
  },
};

const ofType = ({ notificationPluginInstances }: z.infer<typeof plugins>) =>
  (notificationPluginInstances ?? []).map(({ pluginTypeId }) => pluginTypeId);
