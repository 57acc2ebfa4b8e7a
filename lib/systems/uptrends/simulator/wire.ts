import { createHash } from "node:crypto";
import { MEMBER_KINDS } from "../member-kinds";
import type { StoredCandidate, StoredMember } from "./members";
import type { UptrendsSimulatorOptions } from "./options";
import type { StoredAttachment, StoredDefinition, StoredIntegration } from "./store";

/** A definition in an answer. */

export const definitionOf = ({ guid, name, active, edits }: StoredDefinition) => ({
  AlertDefinitionGuid: guid,
  Hash: hash(guid, edits),
  AlertName: name,
  IsActive: active,
});

export const integrationOf = ({ guid, name, type }: StoredIntegration) => ({
  IntegrationGuid: guid,
  Name: name,
  Type: type,
  IntegrationServices: [],
  Hash: hash(guid, 0),
});

/**
 * An attachment in an answer: without IsActive, SendOkAlerts, SendReminderAlerts; addresses as one text, though they were
 * sent as a list.
 */
export function attachmentOf(held: StoredAttachment, options: UptrendsSimulatorOptions) {
  const { integration, values, emails, edits } = held;
  const masked = Object.fromEntries(Object.keys(values).map((name) => [name, "******"]));
  return {
    ...integrationOf(integration),
    ...(integration.type === "Email" ? { ExtraEmailAddresses: emails.join(", ") } : {}),
    ...(options.variables === "omitted" ? {} : { VariableValues: options.variables === "masked" ? masked : values }),
    Hash: hash(integration.guid, options.hashes ? edits : 0),
  };
}

export const memberOf = ({ kind, guid }: StoredMember) => ({ [MEMBER_KINDS[kind].guid]: guid });

/** The answer to a POST of a member; the vendor writes the level's name with a small letter in the middle. */
export const joinedOf = ({ definition, level, kind, guid }: StoredMember) => ({
  AlertDefinition: definition,
  ...(level === undefined ? {} : { Escalationlevel: level }),
  [MEMBER_KINDS[kind].segment]: guid,
});

/** A possible member in an answer, reduced to the fields by which it is found. */
export function candidateOf({ kind, guid, name, email, all }: StoredCandidate) {
  const named = { [MEMBER_KINDS[kind].guid]: guid };
  switch (kind) {
    case "monitor":
      return { ...named, Hash: hash(guid, 0), Name: name, IsActive: true, GenerateAlert: true, MonitorType: "Https" };
    case "monitor_group":
      return { ...named, Description: name, IsAll: all };
    case "operator":
      return { ...named, Hash: hash(guid, 0), FullName: name, Email: email, IsOnDuty: true };
    case "operator_group":
      return { ...named, Description: name, IsEveryone: all, IsAdministratorsGroup: false };
  }
}

const hash = (guid: string, edits: number) => createHash("md5").update(`${guid}${edits}`).digest("hex").slice(0, 8);
