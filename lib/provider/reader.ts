import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { asProp } from "../core/props";
import { asAttribute, type NameOfSetting } from "../core/prose";

/** What CDKTF synthesises into the directory in which it lets Terraform run. */
const SYNTHESISED = "cdk.tf.json";

/** As the configuration in this directory is written: in TypeScript where CDKTF has synthesised it, else in HCL. */
export function readerOf(directory: string): NameOfSetting {
  return existsSync(resolve(directory, SYNTHESISED)) ? asProp : asAttribute;
}
