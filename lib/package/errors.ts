import type { Problem } from "../core/problem";
import { LIBRARIES, type Library } from "./libraries";

/** @param missing the name of a package */
export function libraryMissing(missing: string, library: Library): Problem {
  const other = library.name === "cdktf" ? LIBRARIES.cdktn : LIBRARIES.cdktf;
  return {
    code: "package/library-missing",
    severity: "error",
    summary: `The package ${missing} is not installed`,
    got: `a program that imports "${library.entry}"`,
    expected: `${library.packages.join(", ")} beside a program for ${library.title}`,
    fix: `Run \`${library.install}\`. A program for ${other.title} imports "${other.entry}" instead.`,
  };
}
