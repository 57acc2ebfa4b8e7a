import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { asProp } from "../core/props";
import { asAttribute, type NameOfSetting } from "../core/prose";

/** The file that CDKTF synthesises into the directory in which it runs Terraform. */
const SYNTHESISED = "cdk.tf.json";

/** Names settings as the configuration in this directory does: in TypeScript where CDKTF has synthesised it, else in HCL. */
export function readerOf(directory: string): NameOfSetting {
  return existsSync(resolve(directory, SYNTHESISED)) ? asProp : asAttribute;
}
