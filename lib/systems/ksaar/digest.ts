import { createHash } from "node:crypto";
import type { Validator } from "../../terraform-plugin/schema";
import type { WholeNumber } from "../../terraform-plugin/numbers";
import type { ConnectionDeclaration } from "./declaration";
import { notADigest } from "./errors";

/** Short enough to be copied by hand, long enough to avoid collisions. */
const LENGTH = 16;

/**
 * A digest of everything that a person has to enter, sixteen hexadecimal digits. It contains only the version of the
 * password, so that the digest, which the state holds unencrypted, reveals nothing of it.
 */
export function digestOf(declaration: ConnectionDeclaration): string {
  // Field by field, so that neither the order of properties nor new attributes change the digest.
  const entered = [
    declaration.name,
    declaration.sender,
    declaration.replyTo,
    declaration.host,
    declaration.port,
    declaration.secure,
    declaration.username === null ? null : declaration.authentication,
    declaration.username,
    declaration.username === null ? null : writable(declaration.passwordVersion),
    declaration.isDefault,
  ];
  return createHash("sha256").update(JSON.stringify(entered)).digest("hex").slice(0, LENGTH);
}

/** JSON has no notation for large whole numbers. */
export const writable = (version: WholeNumber): number | string =>
  typeof version === "bigint" ? version.toString() : version;

export const digestValidator: Validator<string> = {
  describes: `a digest, ${LENGTH} hexadecimal digits`,
  check: (value) => (/^[0-9a-f]{16}$/.test(value) ? undefined : notADigest(value)),
};
