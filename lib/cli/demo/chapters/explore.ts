import { whenAborted } from "../../../core/signals";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { shellExports } from "../../shell";
import type { Demo } from "../demo";

/** `--keep`: leaves everything running until Ctrl-C, and explains what can be done with it. */
export async function explore(demo: Demo): Promise<void> {
  const { narrator, sandbox, workspace, terraform, signal } = demo;
  const variables = join(workspace.directory, "demo.env");
  writeFileSync(variables, `${shellExports(workspace.toolEnvironment)}\n`, { mode: 0o600 });
  const cdktf = workspace.cdktf().join(" ");
  demo.chapter("It is all still up: explore");
  narrator.line(`   Page       ${sandbox.url}/`);
  narrator.line(`   State      ${sandbox.url}/_sandbox/state`);
  narrator.line(`   Variables  . ${variables}`);
  narrator.line(`   Terraform  cd ${terraform.directory} && ${demo.installation.binary} plan`);
  narrator.line(`   CDKTF      cd ${workspace.directory} && ${cdktf} diff ${demo.stack}`);
  const { host, port } = sandbox.mail.startTls;
  narrator.line(`   Mischief   curl -H 'content-type: application/json' -d '{"ip":"${host}","port":${port}}' \\`);
  narrator.line(`              ${sandbox.url}/_sandbox/intervene/ovh/close-flow`);
  narrator.line(`              and what else ${sandbox.url}/_sandbox/interventions lists`);
  narrator.line("   Ctrl-C ends it and removes everything.");
  await new Promise<void>((resolve) => (signal.aborted ? resolve() : void whenAborted(signal, resolve)));
}
