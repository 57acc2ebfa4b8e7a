import { ProblemError } from "../../core/problem";
import { unreadableCertificate } from "./problems/settings";
import type { Runtime } from "./system";
import type { SystemWords } from "./words";

/**
 * The PEM text of an authority, given in the setting `field` as that text or as the path of a file that holds it.
 *
 * @throws ProblemError `<system>/unreadable-ca`
 */
export function authorityIn(
  system: SystemWords,
  field: string,
  textOrPath: string,
  readFile: Runtime["readFile"],
): string {
  if (isPem(textOrPath)) return textOrPath;
  let text: string | undefined;
  try {
    text = readFile(textOrPath);
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error);
    throw new ProblemError(unreadableCertificate(system, field, textOrPath, cause));
  }
  if (text === undefined) throw new ProblemError(unreadableCertificate(system, field, textOrPath, "no such file"));
  if (!isPem(text)) {
    throw new ProblemError(unreadableCertificate(system, field, textOrPath, "a file without a certificate"));
  }
  return text;
}

const isPem = (text: string): boolean => text.includes("-----BEGIN");
