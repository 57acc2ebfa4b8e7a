import { prepareRequests } from "../systems/kit/connect";
import type { Connections } from "./connections";

/**
 * Loads and begins what the first call to any system needs. Between configuring a provider and its first resource, Terraform
 * expands the configuration by itself (a third of a second for a thousand instances) and leaves this process nothing to do.
 */
export function warmUp(connections: Pick<Connections, "prepare">): void {
  setImmediate(() => void Promise.all([prepareRequests(), connections.prepare()]));
}
