import { ProblemError } from "../../core/problem";
import { messageOf } from "../../core/thrown";
import { string } from "../../terraform-plugin/schema";
import { unreadableCertificate } from "./problems/settings";
import type { Runtime } from "./system";
import type { SystemWords } from "./words";

/** The attribute for the certificate authority, {@link CA_FIELD}, which every system with an API has. */
export const caAttribute = (title: string) =>
  string("optional", {
    description: `The authority that signed the certificate of ${title}, as PEM text or as the path of a PEM file. Unset: the well-known authorities.`,
  });

export const CA_FIELD = "ca_certificate";

/** The environment variable of this attribute: `VROPS_CA_CERTIFICATE`. */
export const caVariable = (system: string): string => `${system}_${CA_FIELD}`.toUpperCase();

/**
 * Reads the PEM text of an authority, given in the setting `field` as that text or as the path of a file.
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
    const cause = messageOf(error);
    throw new ProblemError(unreadableCertificate(system, field, textOrPath, cause));
  }
  if (text === undefined) throw new ProblemError(unreadableCertificate(system, field, textOrPath, "no such file"));
  if (!isPem(text)) {
    throw new ProblemError(unreadableCertificate(system, field, textOrPath, "a file without a certificate"));
  }
  return text;
}

const isPem = (text: string): boolean => text.includes("-----BEGIN");
