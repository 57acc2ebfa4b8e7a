import * as z from "../../../core/zod";
import { intervention, type Interventions } from "../../kit/simulator/interventions";
import type { IntegrationStore } from "./integration-store";

const which = z.object({ id: z.coerce.number() });
const edit = z.extend(which, { set: z.record(z.string(), z.unknown()) });

/** The changes of AlertOps behind Terraform's back. */
export function interventions(store: IntegrationStore): Interventions {
  return {
    "edit-integration": intervention(edit, ({ id: number, set }) => {
      const stored = store.get(String(number));
      return { edited: store.edit(stored, { ...stored.held, ...set }).id };
    }),
    "delete-integration": intervention(which, ({ id: number }) => {
      const stored = store.get(String(number));
      store.all.delete(stored.id);
      return { deleted: stored.id };
    }),
    "add-integration": (argument) => ({ added: store.create(argument).id }),
  };
}
