import { z } from "zod";
import type { Store, StoredAttachment } from "./store";

const place = z.object({ id: z.string() });

/** What colleagues do in the screens, behind Terraform's back. `id` is the resource's own. */
export function interventions(store: Store): Record<string, (argument: unknown) => unknown> {
  const attachment = (id: string): StoredAttachment => {
    const [definition = "", level = "", integration = ""] = id.split("/");
    return store.attached(definition, level, integration);
  };
  return {
    "add-integration": (argument) => {
      const { name, type, variables } = added.parse(argument);
      return { added: store.addIntegration(name, type, variables).guid };
    },
    "add-definition": (argument) => ({ added: store.create(argument).guid }),
    "edit-definition": (argument) => {
      const { id, set } = edit.parse(argument);
      store.update(id, set);
      return { edited: id };
    },
    "delete-definition": (argument) => {
      const { id } = place.parse(argument);
      store.definitions.delete(store.definition(id).guid);
      return { deleted: id };
    },
    "edit-level": (argument) => {
      const { id, set } = edit.parse(argument);
      const [definition = "", level = ""] = id.split("/");
      store.updateLevel(definition, level, set);
      return { edited: id };
    },
    "edit-attachment": (argument) => {
      const { id, values } = editedAttachment.parse(argument);
      const held = attachment(id);
      held.values = { ...held.values, ...values };
      held.edits++;
      return { edited: id };
    },
    "switch-off-attachment": (argument) => {
      const held = attachment(place.parse(argument).id);
      held.active = false;
      held.edits++;
      return { off: held.integration.name };
    },
    detach: (argument) => {
      const [definition = "", level = "", integration = ""] = place.parse(argument).id.split("/");
      store.level(definition, level).attachments.delete(integration.toLowerCase());
      return { detached: integration };
    },
    "raise-alert": (argument) => raise(store, raised.parse(argument)),
  };
}

const added = z.object({ name: z.string(), type: z.string(), variables: z.array(z.string()).default([]) });
const edit = place.extend({ set: z.record(z.string(), z.unknown()) });
const editedAttachment = place.extend({ values: z.record(z.string(), z.string()) });
const raised = z.object({
  /** The alert definition. */
  id: z.string(),
  incident: z.string(),
  type: z.enum(["Alert", "Ok", "Reminder"]).default("Alert"),
});

/** A monitor fails: every active level tells its active integrations, at the URL that the level gives them. */
async function raise(store: Store, { id, incident, type }: z.infer<typeof raised>) {
  const definition = store.definition(id);
  const sent: { to: string; status: number }[] = [];
  for (const { held, attachments } of definition.active ? definition.levels.values() : []) {
    for (const { integration, active, values } of held.IsActive ? attachments.values() : []) {
      const url = Object.values(values).find((value) => /^https?:/.test(value));
      if (!active || url === undefined) continue;
      const response = await fetch(url, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({
          alertType: type,
          incidentKey: incident,
          source: "Uptrends",
          description: definition.name,
        }),
      });
      sent.push({ to: integration.name, status: response.status });
    }
  }
  return { sent };
}
