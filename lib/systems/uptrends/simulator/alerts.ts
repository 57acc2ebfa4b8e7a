import * as z from "../../../core/zod";
import { messageOf } from "../../../core/thrown";
import { theOne } from "../../kit/simulator/interventions";
import { postWithinSandbox } from "../../kit/simulator/connect";
import type { StoredCandidate } from "./members";
import type { Store } from "./store";

const NOTIFY_MS = 5_000;

/** An alert to raise, as the `raise-alert` intervention takes it. */
export const raised = z.object({
  /** The id of the alert definition. */
  id: z.string(),
  incident: z.string(),
  /** The name of the failing monitor. If omitted, the first that the definition has as a member, by itself or in a group. */
  monitor: z.optional(z.string()),
  type: z._default(z.enum(["Alert", "Ok", "Reminder"]), "Alert"),
});

interface Sent {
  readonly to: string;
  readonly status?: number;
  readonly failure?: string;
}

/**
 * A monitor fails: where it is a member of the definition, every active level notifies its active integrations, at the URL
 * that the level sets. A definition alerts for its members only.
 */
export async function raise(store: Store, { id, incident, monitor, type }: z.infer<typeof raised>) {
  const definition = store.definition(id);
  const failing = failingMonitor(store, definition.guid, monitor);
  if (failing === undefined) return { sent: [], because: "no monitor that fails is a member of the alert definition" };
  const sent: Sent[] = [];
  for (const level of definition.active ? store.levelsOf(definition) : []) {
    for (const { integration, active, values } of level.held.IsActive ? store.attachedTo(level) : []) {
      const url = Object.values(values).find((value) => /^https?:/.test(value));
      if (!active || url === undefined) continue;
      const message = {
        alertType: type,
        incidentKey: incident,
        source: "Uptrends",
        description: `${definition.name}: ${failing.name}`,
      };
      try {
        sent.push({ to: integration.name, status: await postWithinSandbox(new URL(url), message, NOTIFY_MS) });
      } catch (error) {
        sent.push({ to: integration.name, failure: messageOf(error) });
      }
    }
  }
  return { sent };
}

function failingMonitor({ members }: Store, definition: string, name: string | undefined): StoredCandidate | undefined {
  const watched = members.watched(definition);
  if (name === undefined) return watched[0];
  const monitor = theOne(
    members.listed("monitor"),
    { name },
    ({ guid, name: own }) => ({ id: guid, name: own }),
    "monitor",
  );
  return watched.find(({ guid }) => guid === monitor.guid);
}
