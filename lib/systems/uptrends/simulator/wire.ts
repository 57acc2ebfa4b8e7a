import { createHash } from "node:crypto";
import type { UptrendsSimulatorOptions } from "./options";
import type { StoredAttachment, StoredDefinition, StoredIntegration } from "./store";

/** As answered. */

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

/** Never IsActive, SendOkAlerts, SendReminderAlerts; addresses as one text, though they were sent as a list. */
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

const hash = (guid: string, edits: number) => createHash("md5").update(`${guid}${edits}`).digest("hex").slice(0, 8);
