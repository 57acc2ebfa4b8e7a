import { readFileSync, statSync } from "node:fs";
import { isAbsolute, resolve } from "node:path";
import { refuse } from "./check";
import { missingFile, notPem, relativeFile, wrongType } from "./errors";
import { isReference } from "./synthesis";

/**
 * Checks PEM text, or the path of a PEM file, which would otherwise turn out to be missing in the middle of a deployment.
 */
export function checkCertificate(value: string | undefined, where: string): string | undefined {
  if (value === undefined || isReference(value)) return value;
  if (typeof value !== "string") refuse({ ...wrongType(typeof value, "string"), path: [where] });
  if (value.includes("-----BEGIN")) return value;
  if (!statSync(value, { throwIfNoEntry: false })?.isFile()) refuse(missingFile(where, value));
  if (!isAbsolute(value)) refuse(relativeFile(where, value, resolve(value)));
  if (!readFileSync(value, "utf8").includes("-----BEGIN")) refuse(notPem(where));
  return value;
}
