import type { SimulatedObject } from "../../kit/simulator/objects";
import { attachmentKey, type Store, type StoredAttachment, type StoredDefinition } from "./store";
import { definitionOf } from "./wire";

/** Every definition, its levels, which come with it, and what is attached to them. Integrations have no resource. */
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
  ];
}

/** A definition with all that is below it, for the state page. */
export function shownDefinition(definition: StoredDefinition, store: Store) {
  return {
    ...definitionOf(definition),
    levels: store.levelsOf(definition).map((level) => ({
      ...level.held,
      integrations: store.attachedTo(level).map(shownAttachment),
    })),
  };
}

/** Values are credentials: their names only. */
function shownAttachment({ integration, active, ok, reminders, emails, values }: StoredAttachment) {
  const { guid: id, name } = integration;
  return { id, name, active, ok, reminders, emails, variables: Object.keys(values) };
}
