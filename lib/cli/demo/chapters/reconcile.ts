import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Detection } from "../../../reconcile/detection";
import type { Demo } from "../demo";
import { managedState } from "../managed-state";

const FILE = "detection.json";

/** Does what a scheduled pipeline does: detects, repairs exactly that, and is in sync again. */
export async function reconcile(demo: Demo): Promise<void> {
  const { sandbox, narrator } = demo;
  demo.chapter("Reconcile: is what exists what the code says?");
  const quiet = await demo.outbound("reconcile", demo.stack);
  narrator.quote(quiet.output);
  demo.check("after a deployment everything is in sync", quiet.exitCode === 0, "exit code 0", quiet.exitCode);

  demo.chapter("Somebody edits the flow, and opens another one by hand");
  const [open] = sandbox.network.list();
  const byHand = { service: open!.platform, ip: "203.0.113.99", port: 25 };
  await demo.step("edited and opened in the simulated console", async () => {
    const { platform: service, ip, port } = open!;
    await sandbox.intervene("ovh", "edit-flow", { service, ip, port, description: "temporary, ask Bob" });
    await sandbox.intervene("ovh", "add-flow", { ...byHand, description: "by hand" });
  });
  const before = managedState(sandbox.state());
  const detected = await demo.outbound("reconcile", demo.stack, "--json", FILE);
  narrator.quote(detected.output);
  demo.check("drift has an exit code of its own", detected.exitCode === 2, "exit code 2", detected.exitCode);
  const buckets = bucketsOf(demo);
  demo.check(
    "the edited flow is drifted, the other one unmanaged, and nothing else",
    buckets.join() === "drifted flow,unmanaged flow",
    "drifted flow, unmanaged flow",
    buckets,
  );
  demo.check("looking has changed nothing", managedState(sandbox.state()) === before, "the systems as before", "not");

  demo.chapter("Repair what was detected, and only that");
  const preview = await demo.outbound("reconcile", "repair", demo.stack);
  narrator.quote(preview.output);
  const repaired = await demo.outbound("reconcile", "repair", demo.stack, "--detection", FILE, "--yes");
  narrator.quote(repaired.output);
  demo.check("it is repaired", repaired.exitCode === 0, "exit code 0", repaired.exitCode);
  const left = await demo.outbound("reconcile", demo.stack, "--allow-unmanaged");
  narrator.quote(left.output);
  demo.check("what the code declares is in sync", left.exitCode === 0, "exit code 0", left.exitCode);

  // No code declares it, so no deployment removes it: whoever opened it has to.
  await demo.step("the flow opened by hand is closed by hand", () => sandbox.intervene("ovh", "close-flow", byHand));
  const last = await demo.outbound("reconcile", demo.stack);
  demo.check("everything is in sync", last.exitCode === 0, "exit code 0", last.exitCode);
}

function bucketsOf({ workspace }: Demo): string[] {
  const { entries } = JSON.parse(readFileSync(join(workspace.directory, FILE), "utf8")) as Detection;
  return entries
    .filter(({ bucket }) => bucket !== "in-sync")
    .map(({ bucket, kind }) => `${bucket} ${kind}`)
    .sort();
}
