import type { Outlet, Connectivity } from "../../kit/simulator/connectivity";
import type { Store, StoredAttachment } from "./store";

/**
 * The connectivity of Uptrends: every integration on an escalation level. The receivers depend on the other system, and on
 * the additional addresses.
 */
export function connectivity(store: Store): Connectivity {
  const outlets = store.definitions.list().flatMap((definition) =>
    store.levelsOf(definition).flatMap((level) =>
      store.attachedTo(level).map((one): Outlet => ({
        name: `${definition.name}, level ${level.held.Id}: ${one.integration.name}`,
        enabled:
          definition.active &&
          level.held.IsActive === true &&
          one.active &&
          store.members.watched(definition.guid).length > 0,
        postsTo: urlOf(one),
        receivers: one.emails,
      })),
    ),
  );
  return { outlets };
}

function urlOf({ values }: StoredAttachment): string | undefined {
  return Object.values(values).find((value) => /^https?:/.test(value));
}
