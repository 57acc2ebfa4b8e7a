import { eachOf, reading, type Reading, type Survey } from "../kit/survey";
import type { SettingsOf } from "../kit/settings";
import { alertDefinitionSchema } from "./alert-definition.schema";
import type { UptrendsClient } from "./client";
import { alertDefinitions, escalationLevels, integrations, members } from "./contract";
import { escalationLevelSchema } from "./escalation-level.schema";
import { integrationAttachmentSchema } from "./integration-attachment.schema";
import { connectionOf, type UptrendsSettings } from "./settings";
import { uptrendsWords } from "./words";

const NO_MEMBERS = "the server has no such call";

/** The survey of Uptrends: definitions, their levels, members and integrations, and the integrations of the account. */
export const survey: Survey<UptrendsClient, SettingsOf<UptrendsSettings>> = {
  words: uptrendsWords,
  address(settings) {
    const { baseUrl, username } = connectionOf(settings);
    const account = `the API account ${username.slice(0, 6)}…`;
    const version = /\/v(\d+)$/.exec(baseUrl)?.[1];
    return {
      url: baseUrl,
      logins: [],
      facts: { account, edition: "cloud", ...(version !== undefined && { version: `API v${version}` }) },
    };
  },
  async begin(client, { signal }) {
    await client.checkLogin(signal);
    return { basis: {} };
  },
  readings: () => [
    reading({
      subject: "alert definitions",
      route: "/AlertDefinition",
      contract: alertDefinitions,
      proves: { right: "read alert definitions", for: [alertDefinitionSchema.type] },
      counts: { "alert definitions": (all) => all.length },
      then: (all) => eachOf(all, ({ AlertDefinitionGuid }) => belowDefinition(AlertDefinitionGuid)),
    }),
    reading({
      subject: "integrations",
      route: "/Integration",
      contract: integrations,
      proves: { right: "use integrations", for: [integrationAttachmentSchema.type] },
      counts: { integrations: (all) => all.length },
    }),
  ],
  send: (client, _, doing, request) => client.ask(doing, request),
  unproven: [
    {
      right: "change alert definitions",
      for: [alertDefinitionSchema.type, escalationLevelSchema.type, integrationAttachmentSchema.type],
      unknown: "Uptrends tells no rights of an API account; only a change shows it",
    },
  ],
  unknownFacts: {
    version: "the address has no version",
    edition: "there is one",
    account: "Uptrends does not tell who is logged in",
    until: "an API account has no end that Uptrends tells",
  },
  vocabulary: { EscalationMode: /[A-Z][A-Za-z]+/, Type: /[A-Z][A-Za-z]+/ },
};

const belowDefinition = (definition: string): Reading[] => [
  reading({
    subject: "members of an alert definition",
    route: "/AlertDefinition/{definition}/Member",
    ids: [definition],
    contract: members,
    mayLack: NO_MEMBERS,
    counts: { "members of alert definitions": (all) => all.length },
  }),
  reading({
    subject: "escalation levels",
    route: "/AlertDefinition/{definition}/EscalationLevel",
    ids: [definition],
    contract: escalationLevels,
    proves: { right: "read escalation levels", for: [escalationLevelSchema.type, integrationAttachmentSchema.type] },
    counts: { "escalation levels": (all) => all.length },
    then: (all) => eachOf(all, ({ Id }) => belowLevel(definition, String(Id))),
  }),
];

const belowLevel = (definition: string, level: string): Reading[] => [
  reading({
    subject: "members of an escalation level",
    route: "/AlertDefinition/{definition}/EscalationLevel/{level}/Member",
    ids: [definition, level],
    contract: members,
    mayLack: NO_MEMBERS,
    counts: { "members of escalation levels": (all) => all.length },
  }),
  reading({
    subject: "integrations on an escalation level",
    route: "/AlertDefinition/{definition}/EscalationLevel/{level}/Integration",
    ids: [definition, level],
    contract: integrations,
    counts: { "integrations on escalation levels": (all) => all.length },
  }),
];
