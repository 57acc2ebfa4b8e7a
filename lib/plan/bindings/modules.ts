import { existsSync, readFileSync } from "node:fs";
import { isAbsolute, join, normalize } from "node:path";
import { compare } from "../../core/finding";
import { isObject } from "../masking";

/**
 * The folders of modules outside of the stack's folder, as `terraform init` has recorded them, relative to it. For a
 * downloaded module it is the whole download, because a module may read what lies beside it.
 */
export function moduleFolders(directory: string): string[] {
  const path = join(directory, ".terraform", "modules", "modules.json");
  if (!existsSync(path)) return [];
  const folders = listed(readFileSync(path, "utf8")).map(normalize);
  return [...new Set(folders.flatMap(downloadOf))].sort(compare);
}

function downloadOf(folder: string): string[] {
  const download = /^\.terraform[/\\]modules[/\\][^/\\]+/.exec(folder)?.[0];
  if (download !== undefined) return [download];
  return folder.startsWith("..") || isAbsolute(folder) ? [folder] : [];
}

function listed(text: string): string[] {
  try {
    const notes: unknown = JSON.parse(text);
    const modules = isObject(notes) ? notes["Modules"] : undefined;
    const all: unknown[] = Array.isArray(modules) ? modules : [];
    return all.flatMap((one) => (isObject(one) && typeof one["Dir"] === "string" ? [one["Dir"]] : []));
  } catch {
    // Terraform itself reports what is wrong with its notes.
    return [];
  }
}
