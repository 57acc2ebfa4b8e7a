import * as z from "../../../core/zod";
import { intervention, type Interventions } from "../../kit/simulator/interventions";
import { postWithinSandbox } from "../../kit/simulator/connect";
import type { Store, StoredAttachment } from "./store";

const NOTIFY_MS = 5_000;

const place = z.object({ id: z.string() });

/** What colleagues do in the screens, behind Terraform's back. `id` is the resource's own. */
export function interventions(store: Store): Interventions {
  const attachment = (id: string): StoredAttachment => {
    const [definition = "", level = "", integration = ""] = id.split("/");
    return store.attached(definition, level, integration);
  };
  return {
    "add-integration": intervention(added, ({ name, type, variables }) => {
      return { added: store.addIntegration(name, type, variables).guid };
    }),
    "add-definition": (argument) => ({ added: store.create(argument).guid }),
    "edit-definition": intervention(edit, ({ id, set }) => {
      store.update(id, set);
      return { edited: id };
    }),
    "delete-definition": intervention(place, ({ id }) => {
      store.delete(store.definition(id));
      return { deleted: id };
    }),
    "edit-level": intervention(edit, ({ id, set }) => {
      const [definition = "", level = ""] = id.split("/");
      store.updateLevel(definition, level, set);
      return { edited: id };
    }),
    "edit-attachment": intervention(editedAttachment, ({ id, values }) => {
      const held = attachment(id);
      store.editAttachment(held, { values: { ...held.values, ...values } });
      return { edited: id };
    }),
    "switch-off-attachment": intervention(place, ({ id }) => {
      const held = store.editAttachment(attachment(id), { active: false });
      return { off: held.integration.name };
    }),
    detach: intervention(place, ({ id }) => {
      const held = attachment(id);
      store.detach(held);
      return { detached: held.integration.guid };
    }),
    "raise-alert": intervention(raised, (alert) => raise(store, alert)),
  };
}

const added = z.object({ name: z.string(), type: z.string(), variables: z._default(z.array(z.string()), []) });
const edit = z.extend(place, { set: z.record(z.string(), z.unknown()) });
const editedAttachment = z.extend(place, { values: z.record(z.string(), z.string()) });
const raised = z.object({
  /** The alert definition. */
  id: z.string(),
  incident: z.string(),
  type: z._default(z.enum(["Alert", "Ok", "Reminder"]), "Alert"),
});

/** A monitor fails: every active level tells its active integrations, at the URL that the level gives them. */
async function raise(store: Store, { id, incident, type }: z.infer<typeof raised>) {
  const definition = store.definition(id);
  const sent: ({ to: string; status: number } | { to: string; failure: string })[] = [];
  for (const level of definition.active ? store.levelsOf(definition) : []) {
    for (const { integration, active, values } of level.held.IsActive ? store.attachedTo(level) : []) {
      const url = Object.values(values).find((value) => /^https?:/.test(value));
      if (!active || url === undefined) continue;
      const message = {
        alertType: type,
        incidentKey: incident,
        source: "Uptrends",
        description: definition.name,
      };
      try {
        sent.push({ to: integration.name, status: await postWithinSandbox(new URL(url), message, NOTIFY_MS) });
      } catch (error) {
        sent.push({ to: integration.name, failure: error instanceof Error ? error.message : String(error) });
      }
    }
  }
  return { sent };
}
