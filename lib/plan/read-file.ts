import { closeSync, existsSync, openSync, readFileSync, readSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { ProblemError } from "../core/problem";
import { fileMissing, notJson } from "./errors";
import { showPlan, type RunTerraform } from "./run-plan";

/**
 * The JSON of a plan that lies in a file: as it stands, or, of a binary plan file, as Terraform shows it.
 *
 * @param directory where Terraform runs for binary files: the stack's directory. @default where the file is
 * @throws ProblemError `plan/file-missing`, `plan/not-json`
 */
export async function readPlanFile(path: string, run: RunTerraform, directory = dirname(path)): Promise<string> {
  if (!existsSync(path)) throw new ProblemError(fileMissing(path));
  if (statSync(path).isDirectory()) throw new ProblemError(notJson(path, "it is a directory"));
  return isArchive(path) ? showPlan(path, directory, run) : readFileSync(path, "utf8");
}

/** Plan files are zip archives. */
function isArchive(path: string): boolean {
  const start = Buffer.alloc(2);
  const file = openSync(path, "r");
  try {
    readSync(file, start, 0, 2, 0);
  } finally {
    closeSync(file);
  }
  return start.toString("latin1") === "PK";
}
