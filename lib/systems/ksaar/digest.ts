import { createHash } from "node:crypto";
import type { Validator } from "../../terraform-plugin/schema";
import type { WholeNumber } from "../../terraform-plugin/numbers";
import type { ConnectionDeclaration } from "./declaration";
import { notADigest } from "./errors";

/** Short enough to be copied by hand, long enough not to be hit by accident. */
const LENGTH = 16;

/**
 * Sixteen hexadecimal digits that stand for everything a person has to enter. The password is in it
 * only by its version, so that the digest, which lies in the state in clear, tells nothing of it.
 */
export function digestOf(declaration: ConnectionDeclaration): string {
  // Written out field by field: the digest must not change with the order of properties or with new attributes.
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

/** JSON has no notation for the large ones. */
export const writable = (version: WholeNumber): number | string =>
  typeof version === "bigint" ? version.toString() : version;

export const digestValidator: Validator<string> = {
  describes: `a digest, ${LENGTH} hexadecimal digits`,
  check: (value) => (/^[0-9a-f]{16}$/.test(value) ? undefined : notADigest(value)),
};
