import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  CUSTOM_SYNTHESIS,
  DefaultTokenResolver,
  StringConcat,
  TerraformStack,
  Tokenization,
  type ISynthesisSession,
  type TerraformElement,
} from "./cdktf";

/**
 * Writes a block for which CDKTF 0.21 has no HCL notation as JSON into a file of its own, for `cdktf synth --hcl`; Terraform
 * reads it beside `cdk.tf`.
 */
export function writeBesideHcl(element: TerraformElement): void {
  const onSynthesize = ({ outdir, manifest }: ISynthesisSession): void => {
    const stack = TerraformStack.of(element);
    const { workingDirectory, synthesizedStackPath } = manifest.forStack(stack);
    const file = join(outdir, workingDirectory, `${element.friendlyUniqueId}.tf.json`);
    if (synthesizedStackPath.endsWith(".json")) return rmSync(file, { force: true });
    const resolver = new DefaultTokenResolver(new StringConcat());
    const block: unknown = Tokenization.resolve(element.toTerraform(), { scope: stack, resolver, preparing: false });
    writeFileSync(file, `${JSON.stringify(block, undefined, 2)}\n`);
  };
  Object.defineProperty(element, CUSTOM_SYNTHESIS, { value: { onSynthesize } });
}
