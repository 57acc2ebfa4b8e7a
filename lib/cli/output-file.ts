import { writeFileSync, type WriteFileOptions } from "node:fs";
import { printableLines } from "../core/printable";

/** Writes a file that people or pipelines read. Like everything that goes out, it holds nothing that acts where it is shown. */
export function writeOutput(path: string, text: string, options?: WriteFileOptions): void {
  writeFileSync(path, printableLines(text), options);
}
