import type { SandboxState } from "../../../sandbox";
import type { Demo } from "../demo";
import { MANAGED } from "../managed-state";
import { highlights } from "./deploy";

/** Runs `cdktf destroy`, and then looks into the systems themselves. */
export async function destroy(demo: Demo, before: SandboxState): Promise<void> {
  demo.chapter("Destroy: nothing stays behind");
  const destroyed = await demo.cdktf("destroy", ...demo.workspace.stacks(), "--auto-approve");
  demo.narrator.quote(highlights(destroyed.output));
  const [was, is] = [managedObjects(before), managedObjects(demo.sandbox.state())];
  demo.check(
    "the systems are as they were before",
    JSON.stringify(is) === JSON.stringify(was),
    JSON.stringify(was),
    is,
  );
  const open = demo.sandbox.network.list();
  demo.check("the firewall is shut", open.length === 0, "no open flow", open);
  demo.check("the systems were looked into", Object.keys(is).length > 0, "flows, plugins, rules", Object.keys(is));
  const left = (await demo.terraform.resources()).map(({ address }) => address);
  demo.check("the state is empty", left.length === 0, "no resources", left);
}

/** Counts objects of each kind, at any depth of a system's state: `{ "ovh.flows": 1, "vrops.plugins": 1 }`. */
export function managedObjects(state: SandboxState): Record<string, number> {
  const counts: Record<string, number> = {};
  const walk = (system: string, value: unknown): void => {
    if (typeof value !== "object" || value === null) return;
    for (const [name, inner] of Object.entries(value)) {
      if (MANAGED.includes(name) && Array.isArray(inner)) {
        const key = `${system}.${name}`;
        counts[key] = (counts[key] ?? 0) + inner.length;
      } else walk(system, inner);
    }
  };
  for (const [system, snapshot] of Object.entries(state.systems)) walk(system, snapshot);
  return counts;
}
