import { writeFileSync, type WriteFileOptions } from "node:fs";
import { printableLines } from "../core/printable";

/** Writes a file for people or pipelines. Like every output, it is cleaned of characters that act where it is shown. */
export function writeOutput(path: string, text: string, options?: WriteFileOptions): void {
  writeFileSync(path, printableLines(text), options);
}
