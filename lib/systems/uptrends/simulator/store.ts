import { without } from "../../kit/without";
import {
  attachment,
  changedAlertDefinition,
  changedLevel,
  newAlertDefinition,
  type Attachment,
  type EscalationLevel,
} from "../contract";
import type { UptrendsSimulatorOptions } from "./options";
import { gone, invalid, invalidBody } from "./refusal";

export interface StoredIntegration {
  readonly guid: string;
  readonly name: string;
  readonly type: string;
  readonly variables: readonly string[];
}

export interface StoredAttachment {
  readonly integration: StoredIntegration;
  active: boolean;
  ok: boolean;
  reminders: boolean;
  values: Record<string, string>;
  emails: string[];
  edits: number;
}

export interface StoredLevel {
  held: EscalationLevel;
  readonly attachments: Map<string, StoredAttachment>;
}

export interface StoredDefinition {
  readonly guid: string;
  name: string;
  active: boolean;
  edits: number;
  readonly levels: Map<number, StoredLevel>;
}

/** The account: definitions with their levels, and the integrations that were made by hand, with the vendor's rules about them. */
export class Store {
  readonly definitions = new Map<string, StoredDefinition>();
  readonly integrations = new Map<string, StoredIntegration>();

  constructor(
    private readonly options: UptrendsSimulatorOptions,
    private readonly newGuid: () => string,
  ) {
    for (const { name, type, variables = [] } of options.integrations) this.addIntegration(name, type, variables);
  }

  addIntegration(name: string, type: string, variables: readonly string[]): StoredIntegration {
    const made = { guid: this.newGuid(), name, type, variables };
    this.integrations.set(made.guid, made);
    return made;
  }

  definition(guid: string): StoredDefinition {
    const found = this.definitions.get(guid.toLowerCase());
    if (found === undefined) throw gone(this.options.goneStatus, "alert definition");
    return found;
  }

  level(guid: string, id: string): StoredLevel {
    const found = this.definition(guid).levels.get(Number(id));
    if (found === undefined) throw gone(404, "escalation level");
    return found;
  }

  attached(guid: string, id: string, integration: string): StoredAttachment {
    const found = this.level(guid, id).attachments.get(integration.toLowerCase());
    if (found === undefined) throw gone(404, "integration");
    return found;
  }

  create(body: unknown): StoredDefinition {
    const parsed = newAlertDefinition.safeParse(body);
    if (!parsed.success) throw invalidBody(parsed.error);
    const made: StoredDefinition = {
      guid: this.newGuid(),
      name: parsed.data.AlertName,
      active: parsed.data.IsActive ?? true,
      edits: 0,
      levels: new Map(),
    };
    for (let id = 1; id <= this.options.levels; id++) {
      made.levels.set(id, { held: { ...LEVEL, Id: id, IsActive: id === 1 }, attachments: new Map() });
    }
    this.definitions.set(made.guid, made);
    return made;
  }

  update(guid: string, body: unknown): void {
    const held = this.definition(guid);
    const parsed = changedAlertDefinition.safeParse(body);
    if (!parsed.success) throw invalidBody(parsed.error);
    const { AlertDefinitionGuid: named, AlertName, IsActive } = parsed.data;
    if (named !== undefined && named.toLowerCase() !== held.guid)
      throw invalid("AlertDefinitionGuid: not that of the URL");
    held.name = AlertName ?? held.name;
    held.active = IsActive ?? held.active;
    held.edits++;
  }

  updateLevel(guid: string, id: string, body: unknown): void {
    const level = this.level(guid, id);
    const parsed = changedLevel.safeParse(body);
    if (!parsed.success) throw invalidBody(parsed.error);
    const { ThresholdErrorCount: errors, NumberOfReminders: reminders } = parsed.data;
    if (errors !== undefined && errors < 1) throw invalid("ThresholdErrorCount: at least 1");
    if (reminders !== undefined && reminders < 0) throw invalid("NumberOfReminders: at least 0");
    level.held = { ...level.held, ...without(parsed.data, "Id"), Hash: `${Number(level.held.Hash ?? 0) + 1}` };
  }

  attach(guid: string, id: string, body: unknown): StoredAttachment {
    const level = this.level(guid, id);
    const wanted = this.parsed(body);
    const integration = this.integrations.get((wanted.IntegrationGuid ?? "").toLowerCase());
    if (integration === undefined) throw invalid("IntegrationGuid: the integration could not be found");
    if (level.attachments.has(integration.guid)) throw invalid("IntegrationGuid: the integration is attached already");
    const missing = (["IsActive", "SendOkAlerts", "SendReminderAlerts"] as const).filter(
      (name) => wanted[name] === undefined,
    );
    if (missing.length > 0) throw invalid(...missing.map((name) => `${name}: is required`));
    const made = { integration, active: false, ok: false, reminders: false, values: {}, emails: [], edits: 0 };
    this.apply(made, wanted);
    level.attachments.set(integration.guid, made);
    return made;
  }

  updateAttachment(guid: string, id: string, integration: string, body: unknown): void {
    this.apply(this.attached(guid, id, integration), this.parsed(body));
  }

  private parsed(body: unknown): Attachment {
    const parsed = attachment.safeParse(body);
    if (!parsed.success) throw invalidBody(parsed.error);
    return parsed.data;
  }

  private apply(held: StoredAttachment, wanted: Attachment): void {
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
    held.active = wanted.IsActive ?? held.active;
    held.ok = wanted.SendOkAlerts ?? held.ok;
    held.reminders = wanted.SendReminderAlerts ?? held.reminders;
    held.values = { ...(wanted.VariableValues ?? held.values) };
    // A list without its flag is not meant: the flag is what tells an empty list from none.
    if (wanted.ExtraEmailAddressesSpecified) held.emails = [...(wanted.ExtraEmailAddresses ?? [])];
    held.edits++;
  }
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
