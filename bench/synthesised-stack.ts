import { symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PROVIDER_SOURCE, PROVIDER_VERSION } from "../lib/package/identity";
import { addressOf, flowAttributes, SERVICE, upTo } from "./flows";
import { terraformVersion } from "./machine";
import { stateFile, type StateResource } from "./state-file";
import type { Subject } from "./subject";
import { Workspace } from "./workspace";
import { removeFolder, temporaryFolder } from "./temporary-folder";

const STACK = "many";

/** A stack as `cdktf synth` writes it, with a resource of its own for each flow, all of which exist. */
export class SynthesisedStack {
  /** What `--output` names. */
  readonly output = temporaryFolder("stack");
  readonly workspace: Workspace;

  constructor(ids: readonly string[], environment: Readonly<Record<string, string>>, subject: Subject) {
    const state = ids.map((id, index): StateResource => {
      const instances = [flowAttributes(id, index)];
      return { type: "outbound_ovh_vrops_flow", name: `flow-${index}`, counted: false, instances };
    });
    this.workspace = new Workspace({
      files: {
        "cdk.tf.json": JSON.stringify(configuration(ids.length)),
        "terraform.tfstate": stateFile(state, terraformVersion()),
      },
      environment,
      subject,
    });
    const stack = { name: STACK, synthesizedStackPath: `${STACK}/cdk.tf.json`, workingDirectory: STACK };
    writeFileSync(
      join(this.output, "manifest.json"),
      JSON.stringify({ version: "0.21.0", stacks: { [STACK]: stack } }),
    );
    symlinkSync(this.workspace.directory, join(this.output, STACK));
  }

  remove(): void {
    this.workspace.remove();
    removeFolder(this.output);
  }
}

const configuration = (count: number) => ({
  terraform: { required_providers: { outbound: { source: PROVIDER_SOURCE, version: PROVIDER_VERSION } } },
  provider: { outbound: [{}] },
  resource: {
    outbound_ovh_vrops_flow: Object.fromEntries(
      upTo(count).map((index) => [
        `flow-${index}`,
        {
          "//": { metadata: { path: `${STACK}/flow-${index}`, uniqueId: `flow-${index}` } },
          service_name: SERVICE,
          ip: addressOf(index),
          port: 587,
        },
      ]),
    ),
  },
});
