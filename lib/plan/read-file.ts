import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { ProblemError } from "../core/problem";
import { fileMissing, notJson } from "./errors";
import { showPlan, type RunTerraform } from "./run-plan";

/**
 * The JSON of a plan in a file: its text or, for a binary plan file, what Terraform shows of it.
 *
 * @param directory where Terraform runs for binary files: the stack's directory. @default the file's directory
 * @throws ProblemError `plan/file-missing`, `plan/not-json`
 */
export async function readPlanFile(path: string, run: RunTerraform, directory = dirname(path)): Promise<string> {
  if (!existsSync(path)) throw new ProblemError(fileMissing(path));
  if (statSync(path).isDirectory()) throw new ProblemError(notJson(path, "it is a directory"));
  // Read once: a pipe cannot be read twice.
  const content = readFileSync(path);
  return isArchive(content) ? showPlan(path, directory, run) : content.toString("utf8");
}

/** Plan files are zip archives. */
function isArchive(content: Buffer): boolean {
  return content.subarray(0, 2).toString("latin1") === "PK";
}
