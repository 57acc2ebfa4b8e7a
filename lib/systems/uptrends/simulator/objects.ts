import type { SimulatedObject } from "../../kit/simulator/objects";
import type { MemberKind } from "../member-kinds";
import { storedMemberKey, type StoredMember } from "./members";
import { attachmentKey, type Store, type StoredAttachment, type StoredDefinition } from "./store";
import { definitionOf } from "./wire";

/**
 * The objects: every definition, its levels, which belong to it, the attachments and the members. Integrations have no
 * resource.
 */
export function objects(store: Store): SimulatedObject[] {
  return [
    ...store.definitions.list().map((definition) => ({
      type: "outbound_uptrends_alert_definition",
      id: definition.guid,
      name: definition.name,
      foreign: store.definitions.isForeign(definition.guid),
      settings: definitionOf(definition),
    })),
    ...store.levels.list().map(({ definition, held }) => ({
      type: "outbound_uptrends_escalation_level",
      id: `${definition}/${held.Id}`,
      name: `level ${held.Id}`,
      foreign: store.levels.isForeign(`${definition}/${held.Id}`),
      builtIn: true,
      settings: { ...held },
    })),
    ...store.attachments.list().map((attachment) => ({
      type: "outbound_uptrends_integration_attachment",
      id: attachmentKey(attachment),
      name: attachment.integration.name,
      foreign: store.attachments.isForeign(attachmentKey(attachment)),
      settings: shownAttachment(attachment),
    })),
    ...store.members.members.list().map((member) => ({
      type: `outbound_uptrends_${member.level === undefined ? "alert_definition" : "escalation_level"}_member`,
      id: storedMemberKey(member),
      name: store.members.nameOf(member),
      foreign: store.members.members.isForeign(storedMemberKey(member)),
      settings: shownMember(member, store),
    })),
  ];
}

/** The possible members by kind, for the state page. */
export function shownCandidates({ members }: Store) {
  const shown = (kind: MemberKind) => members.listed(kind).map(({ guid: id, name }) => ({ id, name }));
  return {
    monitors: shown("monitor"),
    monitorGroups: shown("monitor_group"),
    operators: shown("operator"),
    operatorGroups: shown("operator_group"),
  };
}

const shownMember = (member: StoredMember, { members }: Store) => ({
  kind: member.kind,
  id: member.guid,
  name: members.nameOf(member),
});

/** A definition with its levels, attachments and members, for the state page. */
export function shownDefinition(definition: StoredDefinition, store: Store) {
  return {
    ...definitionOf(definition),
    members: store.members.of({ definition: definition.guid }).map((one) => shownMember(one, store)),
    levels: store.levelsOf(definition).map((level) => ({
      ...level.held,
      integrations: store.attachedTo(level).map(shownAttachment),
      members: store.members
        .of({ definition: definition.guid, level: level.held.Id })
        .map((one) => shownMember(one, store)),
    })),
  };
}

/** An attachment for the state page. Values are credentials: only their names appear. */
function shownAttachment({ integration, active, ok, reminders, emails, values }: StoredAttachment) {
  const { guid: id, name } = integration;
  return { id, name, active, ok, reminders, emails, variables: Object.keys(values) };
}
