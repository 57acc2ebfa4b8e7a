import { uptrends } from "../../../lib/systems/uptrends";
import type { AlertDefinitionState } from "../../../lib/systems/uptrends/alert-definition.schema";
import type { UptrendsClient } from "../../../lib/systems/uptrends/client";
import type { EscalationLevelState } from "../../../lib/systems/uptrends/escalation-level.schema";
import type { IntegrationAttachmentState } from "../../../lib/systems/uptrends/integration-attachment.schema";
import { createUptrendsSimulator } from "../../../lib/systems/uptrends/simulator";
import type { WebApp } from "../../../lib/systems/kit/simulator/web-app";
import { openSystem, type SystemRoom, type SystemRoomOptions } from "../../support/system-room";

export type Room = SystemRoom<UptrendsClient>;

export const openRoom = (options: SystemRoomOptions = {}): Promise<Room> =>
  openSystem(uptrends, createUptrendsSimulator, options);

export interface HeldDefinition {
  readonly AlertDefinitionGuid: string;
  readonly AlertName: string;
  readonly IsActive: boolean;
  readonly members: readonly HeldMember[];
  readonly levels: readonly {
    readonly [field: string]: unknown;
    readonly members: readonly HeldMember[];
    readonly integrations: readonly Record<string, unknown>[];
  }[];
}

export interface HeldMember {
  readonly kind: string;
  readonly id: string;
  readonly name: string;
}

interface HeldCandidate {
  readonly id: string;
  readonly name: string;
}

interface Held {
  readonly monitors: readonly HeldCandidate[];
  readonly monitorGroups: readonly HeldCandidate[];
  readonly operators: readonly HeldCandidate[];
  readonly operatorGroups: readonly HeldCandidate[];
  readonly integrations: readonly { readonly guid: string; readonly name: string }[];
  readonly definitions: readonly HeldDefinition[];
}

export const held = (room: Room) => room.simulated.simulator.snapshot() as Held;
export const integrationId = (room: Room, name: string) =>
  held(room).integrations.find((one) => one.name === name)!.guid;
export const candidateId = (
  room: Room,
  kind: "monitors" | "monitorGroups" | "operators" | "operatorGroups",
  name: string,
) => held(room)[kind].find((one) => one.name === name)!.id;
export const addDefinition = (room: Room, body: object = { AlertName: "By hand", IsActive: true }) =>
  (room.intervene("add-definition", body) as { added: string }).added;

export const definition = (changes: Partial<AlertDefinitionState> = {}): AlertDefinitionState => ({
  id: null,
  name: "Prod - on-call",
  enabled: true,
  adopt_existing: false,
  timeouts: null,
  ...changes,
});

export const level = (changes: Partial<EscalationLevelState> = {}): EscalationLevelState => ({
  id: null,
  alert_definition_id: "unset",
  level: 1,
  enabled: null,
  mode: null,
  threshold_error_count: null,
  threshold_minutes: null,
  number_of_reminders: null,
  reminder_delay_minutes: null,
  message: null,
  include_trace_route: null,
  timeouts: null,
  ...changes,
});

export const attachment = (changes: Partial<IntegrationAttachmentState> = {}): IntegrationAttachmentState => ({
  id: null,
  alert_definition_id: "unset",
  level: 1,
  integration_id: "unset",
  variable_values_wo: null,
  variable_fingerprints: null,
  enabled: true,
  send_ok_alerts: false,
  send_reminder_alerts: false,
  extra_email_addresses: null,
  enforce: "on_change",
  switches: null,
  unverifiable: null,
  adopt_existing: false,
  timeouts: null,
  ...changes,
});

/** The list of definitions shows nothing, as if it were old. */
export function emptyLists(app: WebApp): void {
  app.addHook("onRequest", async ({ method, url }, reply) => {
    if (method === "GET" && url.endsWith("/AlertDefinition")) await reply.send([]);
  });
}
