import { without } from "../../kit/without";
import { checked } from "../../kit/simulator/checked";
import type { Table } from "../../kit/simulator/table";
import type { Tables } from "../../kit/simulator/tables";
import {
  attachment,
  changedAlertDefinition,
  changedLevel,
  newAlertDefinition,
  type Attachment,
  type EscalationLevel,
} from "../contract";
import { MemberStore } from "./members";
import type { UptrendsSimulatorOptions } from "./options";
import { gone, invalid, invalidBody } from "./refusal";

export interface StoredIntegration {
  readonly guid: string;
  readonly name: string;
  readonly type: string;
  readonly variables: readonly string[];
}

export interface StoredAttachment {
  readonly definition: string;
  readonly level: number;
  readonly integration: StoredIntegration;
  readonly active: boolean;
  readonly ok: boolean;
  readonly reminders: boolean;
  readonly values: Readonly<Record<string, string>>;
  readonly emails: readonly string[];
  readonly edits: number;
}

export interface StoredLevel {
  readonly definition: string;
  readonly held: EscalationLevel & { readonly Id: number };
}

export interface StoredDefinition {
  readonly guid: string;
  readonly name: string;
  readonly active: boolean;
  readonly edits: number;
}

/** The account: definitions with their levels, and the integrations that were made by hand, with the vendor's rules. */
export class Store {
  readonly definitions: Table<StoredDefinition>;
  readonly integrations: Table<StoredIntegration>;
  /** Rows by definition and number: "<guid>/1". */
  readonly levels: Table<StoredLevel>;
  /** Rows by level and integration: "<guid>/1/<guid>". */
  readonly attachments: Table<StoredAttachment>;
  readonly members: MemberStore;

  constructor(
    tables: Tables,
    private readonly options: UptrendsSimulatorOptions,
    private readonly newGuid: () => string,
  ) {
    this.definitions = tables.table();
    this.integrations = tables.table();
    this.levels = tables.table();
    this.attachments = tables.table();
    tables.seed(() => {
      for (const { name, type, variables } of options.integrations) this.addIntegration(name, type, variables);
    });
    this.members = new MemberStore(tables, options, newGuid);
  }

  addIntegration(name: string, type: string, variables: readonly string[]): StoredIntegration {
    const guid = this.newGuid();
    return this.integrations.set(guid, { guid, name, type, variables });
  }

  definition(guid: string): StoredDefinition {
    const found = this.definitions.get(guid.toLowerCase());
    if (found === undefined) throw gone(this.options.goneStatus, "alert definition");
    return found;
  }

  level(guid: string, id: string): StoredLevel {
    const found = this.levels.get(`${this.definition(guid).guid}/${Number(id)}`);
    if (found === undefined) throw gone(404, "escalation level");
    return found;
  }

  levelsOf({ guid }: StoredDefinition): StoredLevel[] {
    return this.levels.list(({ definition }) => definition === guid);
  }

  attached(guid: string, id: string, integration: string): StoredAttachment {
    const found = this.attachments.get(`${keyOf(this.level(guid, id))}/${integration.toLowerCase()}`);
    if (found === undefined) throw gone(404, "integration");
    return found;
  }

  attachedTo({ definition, held }: StoredLevel): StoredAttachment[] {
    return this.attachments.list((one) => one.definition === definition && one.level === held.Id);
  }

  detach(attachment: StoredAttachment): void {
    this.attachments.delete(attachmentKey(attachment));
  }

  create(body: unknown): StoredDefinition {
    const { AlertName: name, IsActive } = checked(newAlertDefinition, body, invalidBody);
    this.checkName(name);
    const guid = this.newGuid();
    const made = this.definitions.set(guid, { guid, name, active: IsActive ?? true, edits: 0 });
    for (let Id = 1; Id <= this.options.levels; Id++) {
      this.levels.set(`${guid}/${Id}`, { definition: guid, held: { ...LEVEL, Id, IsActive: Id === 1 } });
    }
    return made;
  }

  update(guid: string, body: unknown): void {
    const held = this.definition(guid);
    const { AlertDefinitionGuid: named, AlertName, IsActive } = checked(changedAlertDefinition, body, invalidBody);
    if (named !== undefined && named.toLowerCase() !== held.guid)
      throw invalid("AlertDefinitionGuid: not that of the URL");
    if (AlertName !== undefined) this.checkName(AlertName, held.guid);
    this.definitions.set(held.guid, {
      ...held,
      name: AlertName ?? held.name,
      active: IsActive ?? held.active,
      edits: held.edits + 1,
    });
  }

  /** Removes a definition with its levels and their attachments. */
  delete({ guid }: StoredDefinition): void {
    for (const level of this.levels.list(({ definition }) => definition === guid)) {
      for (const attachment of this.attachedTo(level)) this.detach(attachment);
      this.levels.delete(keyOf(level));
    }
    this.members.forget(guid);
    this.definitions.delete(guid);
  }

  updateLevel(guid: string, id: string, body: unknown): void {
    const level = this.level(guid, id);
    const changes = checked(changedLevel, body, invalidBody);
    const { ThresholdErrorCount: errors, NumberOfReminders: reminders } = changes;
    if (errors !== undefined && errors < 1) throw invalid("ThresholdErrorCount: at least 1");
    if (reminders !== undefined && reminders < 0) throw invalid("NumberOfReminders: at least 0");
    const held = {
      ...level.held,
      ...without(changes, "Id", "AlertDefinitionGuid"),
      Hash: `${Number(level.held.Hash ?? 0) + 1}`,
    };
    this.levels.set(keyOf(level), { ...level, held });
  }

  attach(guid: string, id: string, body: unknown): StoredAttachment {
    const level = this.level(guid, id);
    const wanted = checked(attachment, body, invalidBody);
    const integration = this.integrations.get((wanted.IntegrationGuid ?? "").toLowerCase());
    if (integration === undefined) throw invalid("IntegrationGuid: the integration could not be found");
    if (this.attachments.get(`${keyOf(level)}/${integration.guid}`)) {
      throw invalid("IntegrationGuid: the integration is attached already");
    }
    const missing = (["IsActive", "SendOkAlerts", "SendReminderAlerts"] as const).filter(
      (name) => wanted[name] === undefined,
    );
    if (missing.length > 0) throw invalid(...missing.map((name) => `${name}: is required`));
    const place = { definition: level.definition, level: level.held.Id, integration };
    const made = { ...place, active: false, ok: false, reminders: false, values: {}, emails: [], edits: 0 };
    return this.apply(made, wanted);
  }

  updateAttachment(guid: string, id: string, integration: string, body: unknown): void {
    this.apply(this.attached(guid, id, integration), checked(attachment, body, invalidBody));
  }

  /** Changes an attachment. Every change is counted, which the hash shows. */
  editAttachment(held: StoredAttachment, changes: Partial<StoredAttachment>): StoredAttachment {
    return this.attachments.set(attachmentKey(held), { ...held, ...changes, edits: held.edits + 1 });
  }

  private checkName(name: string, own?: string): void {
    const taken = this.definitions.list((one) => one.name === name && one.guid !== own).length > 0;
    if (taken && this.options.uniqueNames)
      throw invalid(`AlertName: an alert definition named "${name}" exists already`);
  }

  private apply(held: StoredAttachment, wanted: Attachment): StoredAttachment {
    const { type, variables } = held.integration;
    const refused = [
      ...(wanted.SendOkAlerts && ["GenericWebhook", "Phone"].includes(type)
        ? [`SendOkAlerts: not available for integrations of type ${type}`]
        : []),
      ...(wanted.SendReminderAlerts && type === "GenericWebhook"
        ? [`SendReminderAlerts: not available for integrations of type ${type}`]
        : []),
      ...(type !== "Email" && (wanted.ExtraEmailAddresses !== undefined || wanted.ExtraEmailAddressesSpecified)
        ? [`ExtraEmailAddresses: not available for integrations of type ${type}`]
        : []),
      ...(type !== "Statushub" && wanted.StatusHubServiceListSpecified
        ? [`StatusHubServiceList: not available for integrations of type ${type}`]
        : []),
      ...Object.keys(wanted.VariableValues ?? {})
        .filter((name) => !variables.includes(name))
        .map((name) => `VariableValues: the integration has no variable ${name} for escalation levels`),
    ];
    if (refused.length > 0) throw invalid(...refused);
    return this.editAttachment(held, {
      active: wanted.IsActive ?? held.active,
      ok: wanted.SendOkAlerts ?? held.ok,
      reminders: wanted.SendReminderAlerts ?? held.reminders,
      values: { ...(wanted.VariableValues ?? held.values) },
      // A list without its flag is ignored: the flag distinguishes an empty list from none.
      ...(wanted.ExtraEmailAddressesSpecified ? { emails: [...(wanted.ExtraEmailAddresses ?? [])] } : {}),
    });
  }
}

function keyOf({ definition, held }: StoredLevel): string {
  return `${definition}/${held.Id}`;
}

export function attachmentKey({ definition, level, integration }: StoredAttachment): string {
  return `${definition}/${level}/${integration.guid}`;
}

const LEVEL = {
  EscalationMode: "AlertOnErrorCount",
  ThresholdErrorCount: 1,
  ThresholdMinutes: 5,
  Message: "",
  NumberOfReminders: 0,
  ReminderDelay: 10,
  IncludeTraceRoute: false,
  Hash: "0",
};
