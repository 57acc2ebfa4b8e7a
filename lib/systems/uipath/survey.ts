import { ProblemError } from "../../core/problem";
import { CallError } from "../kit/rest-api";
import { reading, type ProvedRight, type Reading, type Survey, type SurveyedRight } from "../kit/survey";
import type { SettingsOf } from "../kit/settings";
import { alertReceiversSchema } from "./alert-receivers.schema";
import type { UiPathClient } from "./client";
import { roles, settings, systemSettings, users, webhooks } from "./contract";
import { SCOPE_REFUSED } from "./errors";
import { SYSTEM_KEYS } from "./keys";
import { connectionOf, type UiPathSettings } from "./settings";
import { systemMailSchema } from "./system-mail.schema";
import { tenantMailSchema } from "./tenant-mail.schema";
import { uipathWords } from "./words";
import { webhookSchema } from "./webhook.schema";

/** The scopes; each permits reading and changing. */
const SCOPES = {
  tenant: { right: "OR.Settings", for: [tenantMailSchema.type] },
  users: { right: "OR.Users.Read", for: [alertReceiversSchema.type], seldom: true },
  webhooks: { right: "OR.Webhooks", for: [webhookSchema.type], seldom: true },
  identity: { right: "PM.Setting", for: [systemMailSchema.type], seldom: true },
} as const satisfies Readonly<Record<string, ProvedRight>>;

type Part = keyof typeof SCOPES;

const OF_ORGANIZATION = "mail settings of the organization";
const PAGE_SIZE = 1000;
const MAIL_KEYS = Object.values(SYSTEM_KEYS)
  .map((key) => `key=${encodeURIComponent(key)}`)
  .join("&");

/** The survey of UiPath: settings of tenant, organization and host, accounts, roles, webhooks. */
export const survey: Survey<UiPathClient, SettingsOf<UiPathSettings>> = {
  words: uipathWords,
  address(all) {
    const { addresses, credential } = connectionOf(all);
    const { orchestrator, identity, login, token, organization } = addresses;
    const isCloud = /(^|\.)uipath\.(com|us)$/i.test(new URL(identity).hostname);
    return {
      url: orchestrator ?? identity,
      logins: [credential.kind === "account" ? login : token],
      facts: {
        edition: isCloud ? "cloud" : organization === undefined ? "standalone Orchestrator" : "Automation Suite",
        account:
          credential.kind === "account" ? `the user ${credential.username}` : `the application ${credential.clientId}`,
      },
    };
  },
  async begin(client, { signal }) {
    await client.checkLogin(signal);
    let unknown: string | undefined;
    const partition = await client.organizationId(signal).catch((error: unknown) => {
      // A tenant's settings need no organization.
      if (!(error instanceof ProblemError)) throw error;
      unknown = `whose they would be is not known: ${error.problems[0]!.summary}`;
      return undefined;
    });
    return {
      ...(unknown !== undefined && { uncounted: { [OF_ORGANIZATION]: unknown } }),
      basis: { partition: partition === undefined ? [] : [partition], tenant: client.hasTenant ? ["yes"] : [] },
      rights: await scopesOf(client, signal),
    };
  },
  readings: ({ partition: [partition] = [] as readonly string[], tenant = [] }) => [
    ...(tenant.length === 0 ? [] : ofTenant()),
    ...(partition === undefined ? [] : [ofOrganization(partition)]),
    reading({
      subject: "mail settings of the host",
      part: "identity",
      route: `/api/Setting?${MAIL_KEYS}`,
      contract: systemSettings,
      mayLack: "only the host administrator may read them",
      counts: { "mail settings of the host": (rows) => rows.length },
    }),
  ],
  // The parts are those of the readings above.
  send: (client, part, doing, request) => client.ask(part as Part, doing, request),
  isForbidden: (error) =>
    (error instanceof CallError && error.status === 403) ||
    (error instanceof ProblemError && error.problems[0]?.code === SCOPE_REFUSED),
  unproven: [
    {
      right: "the permissions Settings.Edit and Settings.Delete in the tenant",
      for: [tenantMailSchema.type],
      unknown: "Orchestrator does not tell an application's permissions; only a change shows it",
    },
  ],
  unknownFacts: {
    version:
      "the server does not name the versions of its API (api-supported-versions): a release before 2022.10, perhaps",
    edition: "the address does not tell",
    account: "the settings do not tell",
    until: "UiPath tells no end of an application's secret; see Admin, External applications",
  },
  vocabulary: {
    "value.Name":
      /(?:Abp|Email|Alerts|Auth|Deployment|NuGet|Nuget|WebLogin|Scalability|Robot|Jobs|Processes)(?:\.[A-Za-z]{2,40}){1,6}/,
    "value.Type": /[A-Z][A-Za-z]+/,
    "value.Permissions.Name": /^[A-Z][A-Za-z]+\.(?:View|Edit|Create|Delete)$/,
    "value.Events.EventType": /^[a-z]+\.[A-Za-z]+$/,
    key: /Email\.Smtp\.[A-Za-z]+/,
  },
};

/** Requests a token for each scope: a refused scope is missing. Unknown where the login has no scopes. */
async function scopesOf(client: UiPathClient, signal: AbortSignal): Promise<SurveyedRight[]> {
  const asked = await Promise.all(
    Object.values(SCOPES).map(async ({ right, for: types }): Promise<SurveyedRight | undefined> => {
      const granted = await client.mayHave(right, signal);
      return granted === undefined ? undefined : { right, for: types, state: granted ? "granted" : "missing" };
    }),
  );
  return asked.filter((one) => one !== undefined);
}

const ofTenant = (): Reading[] => [
  reading({
    subject: "settings of the tenant",
    part: "tenant",
    route: "/odata/Settings",
    contract: settings,
    proves: SCOPES.tenant,
    counts: { "settings of the tenant": ({ value }) => value.length },
    interpret: (_, { headers }) => {
      const versions = headers["api-supported-versions"];
      return { facts: versions ? { version: `API ${versions}` } : {} };
    },
  }),
  paged("webhooks", "webhooks", "/odata/Webhooks", webhooks),
  paged("accounts of the tenant", "users", "/odata/Users", users),
  paged("roles of the tenant", "users", "/odata/Roles", roles, { $expand: "Permissions" }),
];

const ofOrganization = (partition: string): Reading =>
  reading({
    subject: "mail settings of the organization",
    part: "identity",
    route: `/api/Setting?${MAIL_KEYS}`,
    query: { partitionGlobalId: partition },
    contract: systemSettings,
    proves: SCOPES.identity,
    counts: { [OF_ORGANIZATION]: (rows) => rows.length },
  });

function paged(
  subject: string,
  part: Part,
  route: string,
  contract: typeof webhooks | typeof users | typeof roles,
  query: Reading["query"] = {},
): Reading {
  const page = (skip: number) => ({ ...query, $top: PAGE_SIZE, $skip: skip, $count: true });
  return reading<{ readonly value: readonly unknown[] }>({
    subject,
    part,
    route,
    query: page(0),
    contract,
    proves: SCOPES[part],
    counts: { [subject]: ({ value }) => value.length },
    nextPage: ({ value }, number) => (value.length < PAGE_SIZE ? undefined : page(number * PAGE_SIZE)),
  });
}
