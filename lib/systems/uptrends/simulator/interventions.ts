import * as z from "../../../core/zod";
import { intervention, theOne, type Interventions } from "../../kit/simulator/interventions";
import { KINDS_OF_MEMBERS, type MemberKind } from "../member-kinds";
import { raise, raised } from "./alerts";
import type { MemberPlace } from "../member-kinds";
import { storedMemberKey } from "./members";
import type { Store, StoredAttachment } from "./store";

const place = z.object({ id: z.string() });

/** The actions of colleagues in the user interface, behind Terraform's back. `id` is that of the resource. */
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
    /** Adds a monitor, an operator, or a group of either. */
    "add-candidate": intervention(addedCandidate, ({ kind, name, email }) => {
      return { added: store.members.add(kind, name, email === undefined ? {} : { email }).guid };
    }),
    "add-member": intervention(joined, ({ id, kind, name }) => {
      const [definition = "", level] = id.split("/");
      const found = theOne(
        store.members.listed(kind),
        { name },
        ({ guid, name: own }) => ({ id: guid, name: own }),
        kind,
      );
      return { added: storedMemberKey(store.members.join(memberPlace(store, definition, level), kind, found.guid)) };
    }),
    "remove-member": intervention(place, ({ id }) => {
      const [definition = "", ...rest] = id.split("/");
      const [kind, guid] = rest.slice(-2) as [MemberKind, string];
      store.members.leave(memberPlace(store, definition, rest.length === 3 ? rest[0] : undefined), kind, guid);
      return { removed: id };
    }),
    "raise-alert": intervention(raised, (alert) => raise(store, alert)),
  };
}

const added = z.object({ name: z.string(), type: z.string(), variables: z._default(z.array(z.string()), []) });
const edit = z.extend(place, { set: z.record(z.string(), z.unknown()) });
const editedAttachment = z.extend(place, { values: z.record(z.string(), z.string()) });
const addedCandidate = z.object({
  kind: z._default(z.enum(KINDS_OF_MEMBERS), "monitor"),
  name: z.string(),
  email: z.optional(z.string()),
});
const joined = z.extend(place, { kind: z.enum(KINDS_OF_MEMBERS), name: z.string() });

/** The place of an id: "<guid>" for an alert definition, "<guid>/1" for a level. */
function memberPlace(store: Store, definition: string, level?: string): MemberPlace {
  if (level === undefined) return { definition: store.definition(definition).guid };
  return { definition: store.definition(definition).guid, level: store.level(definition, level).held.Id };
}
