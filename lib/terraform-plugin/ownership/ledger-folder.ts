import { createHash } from "node:crypto";
import { lstatSync, readFileSync } from "node:fs";
import { isAbsolute, join, resolve } from "node:path";
import { makeFolder } from "../../core/make-folder";

export interface FolderWorld {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly workingDirectory: string;
  readonly temporaryDirectory: string;
  readonly userId: number;
}

/**
 * The folder of the ledgers of one configuration: where Terraform keeps its own data, or, where that cannot be written, a
 * private temporary folder of this user for this working directory. Undefined when neither is available.
 */
export function ledgerFolder(world: FolderWorld): string | undefined {
  const { workingDirectory, temporaryDirectory, userId } = world;
  const name = createHash("sha256").update(dataDirectory(world)).digest("hex").slice(0, 16);
  const candidates = [
    join(dataDirectory(world), "outbound-runs"),
    join(temporaryDirectory, `outbound-runs-${userId}`, name),
  ];
  return candidates.find((folder) => isWritable(folder, workingDirectory, userId));
}

/** The workspace whose state the run changes. */
export function workspaceOf(world: FolderWorld): string {
  if (world.env["TF_WORKSPACE"]) return world.env["TF_WORKSPACE"];
  try {
    return readFileSync(join(dataDirectory(world), "environment"), "utf8").trim() || "default";
  } catch {
    return "default";
  }
}

function dataDirectory({ env, workingDirectory }: FolderWorld): string {
  const named = env["TF_DATA_DIR"] || ".terraform";
  return isAbsolute(named) ? named : resolve(workingDirectory, named);
}

function isWritable(folder: string, workingDirectory: string, userId: number): boolean {
  try {
    makeFolder(folder, 0o700);
    const { mode, uid } = lstatSync(folder);
    // Anybody may have prepared a temporary folder: a link, or a folder that is not ours, is not used.
    const isPrivate = (mode & 0o170000) === 0o040000 && (uid === userId || userId < 0);
    return isPrivate && folder !== workingDirectory;
  } catch {
    return false;
  }
}
