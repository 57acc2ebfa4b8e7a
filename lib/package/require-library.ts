import { ProblemError } from "../core/problem";
import { libraryMissing } from "./errors";
import type { Library } from "./libraries";

/**
 * Loads the packages of a library. They are not dependencies of this package: each user installs those of one library.
 *
 * @throws `package/library-missing` in place of Node.js's own error
 */
export function requireLibrary(library: Library, load: () => void): void {
  try {
    load();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const missing = library.packages.find((name) => message.includes(`'${name}'`) || message.includes(`'${name}/`));
    if (code !== "MODULE_NOT_FOUND" || missing === undefined) throw error;
    throw new ProblemError(libraryMissing(missing, library));
  }
}
