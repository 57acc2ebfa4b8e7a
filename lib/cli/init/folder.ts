import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { withoutTrailing } from "../../core/trailing";
import { ProblemError } from "../../core/problem";
import { makeFolder } from "../../core/make-folder";
import { folderNotEmpty, folderUnusable } from "./errors";
import type { ProjectFile } from "./template";

/** Files that a new repository or an editor makes, and that are not a project. */
const HARMLESS =
  /^(\.git|\.gitignore|\.gitattributes|\.github|\.gitlab|\.gitlab-ci\.yml|\.editorconfig|\.idea|\.vscode|\.DS_Store|LICENSE.*|README(\.md)?)$/i;

/** What happens to one file. */
export interface PlannedFile {
  readonly path: string;
  readonly action: "write" | "add to" | "keep";
  readonly content: string;
}

/**
 * Plans the files of a project; writes nothing.
 *
 * @param merge whether the folder may hold other files; none of them is replaced in any case
 * @throws ProblemError `cli/init-folder-not-empty`, `cli/init-folder-unusable`
 */
export function planFiles(directory: string, files: readonly ProjectFile[], merge: boolean): readonly PlannedFile[] {
  const inTheWay = merge ? [] : entries(directory).filter((name) => !HARMLESS.test(name));
  if (inTheWay.length > 0) throw new ProblemError(folderNotEmpty(directory, inTheWay));
  return files.map(({ path, content, added }): PlannedFile => {
    const existing = read(join(directory, path));
    if (existing === undefined) return { path, action: "write", content };
    const combined = added?.(existing) ?? existing;
    return { path, action: combined === existing ? "keep" : "add to", content: combined };
  });
}

/**
 * Writes the planned files; an existing file is only extended, because it belongs to the user.
 *
 * @throws ProblemError `cli/init-folder-unusable`
 */
export function writeFiles(directory: string, files: readonly PlannedFile[]): void {
  try {
    makeFolder(directory);
    for (const { path, action, content } of files) if (action !== "keep") writeFileSync(join(directory, path), content);
  } catch (error) {
    throw new ProblemError(folderUnusable(directory, (error as Error).message));
  }
}

/** A package name made from a folder's name. */
export function packageName(directory: string): string {
  const name = basename(directory)
    .toLowerCase()
    .replace(/[^a-z0-9._~-]+/g, "-")
    .replace(/^[-._]+/, "");
  return withoutTrailing(name, "-") || "alerting";
}

function entries(directory: string): string[] {
  try {
    return readdirSync(directory).sort();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw new ProblemError(folderUnusable(directory, (error as Error).message));
  }
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw new ProblemError(folderUnusable(path, (error as Error).message));
  }
}
