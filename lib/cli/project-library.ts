import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { LIBRARIES, type Library } from "../package/libraries";

/**
 * The library that a project's program is written for, by its package.json. One that names both is treated as a CDKTF
 * project, which needs more.
 *
 * @returns undefined when it names neither
 */
export function libraryOfProject(directory: string): Library | undefined {
  const named = dependenciesIn(directory);
  return [LIBRARIES.cdktf, LIBRARIES.cdktn].find(({ name }) => named.includes(name));
}

/** The version that the program would load; undefined when it is not installed. */
export function installedVersion(name: string, directory: string): string | undefined {
  try {
    const manifest = createRequire(join(directory, "package.json")).resolve(`${name}/package.json`);
    return (JSON.parse(readFileSync(manifest, "utf8")) as { version: string }).version;
  } catch {
    return undefined;
  }
}

function dependenciesIn(directory: string): readonly string[] {
  try {
    const json = JSON.parse(readFileSync(join(directory, "package.json"), "utf8")) as Dependencies;
    return Object.keys({ ...json.devDependencies, ...json.dependencies });
  } catch {
    return [];
  }
}

interface Dependencies {
  readonly dependencies?: object;
  readonly devDependencies?: object;
}
