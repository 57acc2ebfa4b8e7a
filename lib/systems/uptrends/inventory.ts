import { collection, itemOf, type InventoryContext, type InventorySource } from "../kit/inventory";
import { alertDefinitionMemberResource } from "./alert-definition-member.resource";
import { alertDefinitionMemberSchema } from "./alert-definition-member.schema";
import { alertDefinitionResource } from "./alert-definition.resource";
import { alertDefinitionSchema } from "./alert-definition.schema";
import type { UptrendsClient } from "./client";
import { escalationLevelMemberResource } from "./escalation-level-member.resource";
import { escalationLevelMemberSchema } from "./escalation-level-member.schema";
import { escalationLevelResource } from "./escalation-level.resource";
import { escalationLevelSchema } from "./escalation-level.schema";
import { sameIgnoringCase } from "../../core/ignoring-case";
import { attachmentId, levelId, memberId } from "./ids";
import { integrationAttachmentResource } from "./integration-attachment.resource";
import { integrationAttachmentSchema } from "./integration-attachment.schema";
import { MEMBER_KINDS, type MemberRef } from "./member-kinds";
import type { MemberPlace } from "./member-kinds";
import { silenceOfDefinition, silenceOfLevel } from "./silence";

/**
 * The inventory of alert definitions, their levels that alert, the integrations on all of their levels, and the members of
 * both.
 */
export const inventory: InventorySource<UptrendsClient> = {
  async list(client, _, context) {
    const { signal } = context;
    const asked = { ...context, client };
    const levels = async () => (await Promise.all((await definitions(client, signal)).map(levelsOf))).flat();
    const levelsOf = async ({ id: definition, name }: FoundDefinition) =>
      (await client.levels(definition).list(signal)).map((level) => ({
        definition,
        level: level.Id,
        active: level.IsActive !== false,
        name: `${name} level ${level.Id}`,
      }));
    return Promise.all([
      collection(alertDefinitionSchema, "alert definitions", context, async () =>
        Promise.all(
          (await definitions(client, signal)).map(async ({ id, name, enabled }) => {
            const warning = (await silenceOfDefinition({ id, name, enabled }, asked))?.summary;
            return itemOf(alertDefinitionResource, client, id, () => ({ name, ...told(warning) }), context);
          }),
        ),
      ),
      collection(alertDefinitionMemberSchema, "members of alert definitions", context, async () => {
        const places = (await definitions(client, signal)).map(({ id, name }) => ({ name, place: { definition: id } }));
        return membersOf(places, alertDefinitionMemberResource, client, context);
      }),
      collection(escalationLevelSchema, "escalation levels", context, async () =>
        Promise.all(
          (await levels())
            .filter(({ active }) => active)
            .map(async ({ definition, level, name }) => {
              const warning = (await silenceOfLevel({ definition, level, enabled: true }, asked))?.summary;
              const id = levelId(definition, level);
              const telling = () => ({ name, builtIn: true, ...told(warning) });
              return itemOf(escalationLevelResource, client, id, telling, context);
            }),
        ),
      ),
      collection(escalationLevelMemberSchema, "members of escalation levels", context, async () => {
        const places = (await levels()).map(({ definition, level, name }) => ({ name, place: { definition, level } }));
        return membersOf(places, escalationLevelMemberResource, client, context);
      }),
      collection(integrationAttachmentSchema, "integrations on escalation levels", context, async () => {
        const places = await Promise.all(
          (await levels()).map(async ({ definition, level, name }) =>
            (await client.attachments(definition, level).list(signal)).map((one) => ({
              id: attachmentId(definition, level, one.IntegrationGuid),
              name: `${name} ${one.Name ?? "integration"}`,
              variables: Object.keys(one.VariableValues ?? {}),
            })),
          ),
        );
        return Promise.all(
          places.flat().map(({ id, name, variables }) =>
            itemOf(
              integrationAttachmentResource,
              client,
              id,
              (state) => ({
                name,
                secrets: variables.map((key) => ({
                  attribute: "variable_values_wo",
                  key,
                  purpose: `the value of ${key} on ${name}`,
                })),
                receivers: (state["extra_email_addresses"] ?? []) as string[],
              }),
              context,
            ),
          ),
        );
      }),
    ]);
  },
};

interface FoundDefinition {
  readonly id: string;
  readonly name: string;
  readonly enabled: boolean | null;
}

async function definitions(client: UptrendsClient, signal: AbortSignal): Promise<FoundDefinition[]> {
  return (await client.definitions.list(signal)).map(({ AlertDefinitionGuid: id, AlertName, IsActive }) => ({
    id,
    name: AlertName ?? id,
    enabled: IsActive ?? null,
  }));
}

type MemberResource = typeof alertDefinitionMemberResource | typeof escalationLevelMemberResource;

async function membersOf(
  places: readonly { readonly name: string; readonly place: MemberPlace }[],
  resource: MemberResource,
  client: UptrendsClient,
  context: InventoryContext,
) {
  const { signal } = context;
  const found = await Promise.all(
    places.map(async ({ name, place }) =>
      (await client.members(place).list(signal)).map((member) => ({ name, member, id: memberId(place, member) })),
    ),
  );
  return Promise.all(
    found.flat().map(async ({ name, member, id }) => {
      const telling = { name: `${name} ${await nameOf(member, client, signal)}` };
      // Both schemas are read in the same way; their difference does not matter here.
      return itemOf(resource as typeof alertDefinitionMemberResource, client, id, () => telling, context);
    }),
  );
}

/** The name of a member; the kind where the account may not list its possible members. */
async function nameOf(member: MemberRef, client: UptrendsClient, signal: AbortSignal): Promise<string> {
  const { kind } = MEMBER_KINDS[member.kind];
  const all = await client.candidatesOf(member.kind, signal).catch((error: unknown) => {
    signal.throwIfAborted();
    if (error instanceof Error) return [];
    throw error;
  });
  return all.find(({ guid }) => sameIgnoringCase(guid, member.guid))?.name ?? kind;
}

const told = (warning: string | undefined) => (warning === undefined ? {} : { warning });
