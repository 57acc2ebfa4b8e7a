import type { SandboxState } from "../../sandbox";

/** The kinds of objects that a deployment makes in the simulated systems; their logs, tasks and tokens are excluded. */
export const MANAGED = ["flows", "plugins", "rules", "integrations", "definitions", "connections"];

/** All such objects, at any depth of a system's state, as text to be compared. */
export function managedState({ systems }: SandboxState): string {
  const found: [string, unknown][] = [];
  const walk = (system: string, value: unknown): void => {
    if (typeof value !== "object" || value === null) return;
    for (const [name, inner] of Object.entries(value)) {
      if (MANAGED.includes(name) && Array.isArray(inner)) found.push([`${system}.${name}`, inner]);
      else walk(system, inner);
    }
  };
  for (const [system, snapshot] of Object.entries(systems)) walk(system, snapshot);
  return JSON.stringify(found);
}
