import type { Connections } from "./connections";

/**
 * Loads what the first call to any system needs. Between configuring a provider and its first resource, Terraform expands
 * the configuration by itself (a third of a second for a thousand instances), and this process is idle.
 */
export function warmUp(connections: Pick<Connections, "prepare">): void {
  // The code that needs them loads them again and then reports why they cannot be loaded.
  const packages = () => Promise.allSettled([import("axios")]);
  setImmediate(() => void Promise.all([packages(), connections.prepare()]));
}
