import * as z from "../../core/zod";
import { reading, type Reading, type Survey } from "../kit/survey";
import type { SettingsOf } from "../kit/settings";
import type { AlertOpsClient } from "./client";
import { group, integration, policy, user } from "./contract";
import { inboundIntegrationSchema } from "./inbound-integration.schema";
import { connectionOf, type AlertOpsSettings } from "./settings";
import { alertOpsWords } from "./words";

const PAGE_SIZE = 100;
const types = [inboundIntegrationSchema.type];

/** A list, or an envelope with one list whose name is not documented. */
const listOf = <T extends z.ZodMiniType>(item: T) =>
  z.union([
    z.array(item),
    z.catchall(
      z.object({ limit: z.nullish(z.number()), offset: z.nullish(z.number()), total: z.nullish(z.number()) }),
      z.union([z.array(item), z.nullish(z.union([z.string(), z.number(), z.boolean(), z.looseObject({})]))]),
    ),
  ]);

const itemsOf = (data: unknown): readonly unknown[] => {
  if (Array.isArray(data)) return data;
  const lists = Object.values(data as Readonly<Record<string, unknown>>).filter((member) => Array.isArray(member));
  if (lists.length !== 1) throw new RangeError("not one list");
  return lists[0]!;
};

/** The survey of AlertOps: inbound integrations, and the objects that they refer to by name. */
export const survey: Survey<AlertOpsClient, SettingsOf<AlertOpsSettings>> = {
  words: alertOpsWords,
  address: (settings) => ({
    url: connectionOf(settings).baseUrl,
    logins: [],
    facts: { edition: "cloud", version: "API v2" },
  }),
  async begin(client, { signal }) {
    await client.checkLogin(signal);
    return { basis: {} };
  },
  readings: () => [
    listed("inbound integrations", "/api/v2/integrations/inbound", integration, "read inbound integrations"),
    listed("groups", "/api/v2/groups", group, "read groups"),
    listed("users", "/api/v2/users", user, "read users"),
    listed("escalation policies", "/api/v2/escalation_policies", policy, "read escalation policies"),
  ],
  send: (client, _, doing, request) => client.ask(doing, request),
  unproven: [
    {
      right: "change inbound integrations (InboundIntegrations_GlobalAccess)",
      for: types,
      unknown: "AlertOps tells no rights of an API key; only a change shows it",
    },
  ],
  unknownFacts: {
    version: "AlertOps does not tell its version",
    edition: "there is one",
    account: "AlertOps does not tell whose API key it is",
    until: "an API key has no end that AlertOps tells",
  },
  vocabulary: {},
};

const listed = (subject: string, route: string, item: z.ZodMiniType, right: string): Reading =>
  reading({
    subject,
    route,
    query: { limit: PAGE_SIZE, offset: 0 },
    contract: listOf(item),
    proves: { right, for: types },
    counts: { [subject]: (data) => itemsOf(data).length },
    nextPage: (data, page) =>
      itemsOf(data).length < PAGE_SIZE ? undefined : { limit: PAGE_SIZE, offset: page * PAGE_SIZE },
  });
