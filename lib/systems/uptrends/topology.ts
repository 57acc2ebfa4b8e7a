import { topologyOf } from "../kit/topology";
import { alertDefinitionMemberSchema } from "./alert-definition-member.schema";
import { alertDefinitionSchema } from "./alert-definition.schema";
import { escalationLevelMemberSchema } from "./escalation-level-member.schema";
import { escalationLevelSchema } from "./escalation-level.schema";
import { integrationAttachmentSchema } from "./integration-attachment.schema";

const stepOf = (id: string | null | undefined, step: number | null | undefined) => ({
  attribute: "alert_definition_id",
  id,
  step,
});

/** The topology of Uptrends: attachments notify somebody, definitions and levels determine for what and when. */
export const topology = {
  ...topologyOf(alertDefinitionSchema, ({ id, name, enabled, adopt_existing }) => [
    {
      kind: "alert-source",
      name: name ?? undefined,
      enabled: enabled ?? undefined,
      id,
      mayBeThere: adopt_existing ?? undefined,
    },
  ]),
  ...topologyOf(alertDefinitionMemberSchema, ({ alert_definition_id: definition }) => [
    { kind: "member", role: "watched", of: stepOf(definition, null) },
  ]),
  ...topologyOf(escalationLevelSchema, ({ alert_definition_id: definition, level, enabled }) => [
    { kind: "escalation", name: nameOf(level), enabled: enabled ?? undefined, of: stepOf(definition, level) },
  ]),
  ...topologyOf(escalationLevelMemberSchema, ({ alert_definition_id: definition, level }) => [
    { kind: "member", role: "told", of: stepOf(definition, level) },
  ]),
  ...topologyOf(integrationAttachmentSchema, (attachment) => [
    {
      kind: "route",
      name: nameOf(attachment.level),
      enabled: attachment.enabled ?? undefined,
      // Null means only the operators, who are set in Uptrends.
      receivers: attachment.extra_email_addresses === undefined ? undefined : (attachment.extra_email_addresses ?? []),
      receiversElsewhere: "whoever the integration tells, set in Uptrends",
      of: stepOf(attachment.alert_definition_id, attachment.level),
      forwardsTo: { attribute: "variable_values_wo" },
      severities: null,
      resourceKinds: null,
      filtered: undefined,
    },
  ]),
};

const nameOf = (level: number | null | undefined) =>
  level === undefined || level === null ? undefined : `escalation level ${level}`;
