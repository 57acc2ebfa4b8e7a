import type { SandboxState } from "../../../sandbox";
import type { Demo } from "../demo";

/** What a deployment makes in the simulated systems; logs and tasks that the systems keep are theirs. */
const MANAGED = ["flows", "plugins", "rules"];

/** `cdktf destroy`, and then a look into the systems themselves instead of believing it. */
export async function destroy(demo: Demo, before: SandboxState): Promise<void> {
  demo.chapter("Destroy: nothing stays behind");
  await demo.cdktf("destroy", ...demo.workspace.stacks(), "--auto-approve");
  const [was, is] = [managedObjects(before), managedObjects(demo.sandbox.state())];
  demo.check(
    "the systems are as they were before",
    JSON.stringify(is) === JSON.stringify(was),
    JSON.stringify(was),
    is,
  );
  const open = demo.sandbox.network.list();
  demo.check("the firewall is shut", open.length === 0, "no open flow", open);
  const left = (await demo.terraform.resources()).map(({ address }) => address);
  demo.check("the state is empty", left.length === 0, "no resources", left);
}

/** "ovh.flows: 0" and so on. */
export function managedObjects(state: SandboxState): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const [system, snapshot] of Object.entries(state.systems)) {
    for (const [name, value] of Object.entries(snapshot as Record<string, unknown>)) {
      if (MANAGED.includes(name) && Array.isArray(value)) counts[`${system}.${name}`] = value.length;
    }
  }
  return counts;
}
