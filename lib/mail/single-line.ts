import type { Validator } from "../terraform-plugin/schema";
import { lineBreak } from "./errors";

/** True when the text holds CR, LF or another control character: it could end an SMTP command or a header. */
export function hasControlCharacter(text: string): boolean {
  return /[\x00-\x1f\x7f]/.test(text);
}

/** Text that fits on one line of an SMTP command or a mail header. */
export const singleLine: Validator<string> = {
  describes: "one line without control characters",
  check: (value) => (hasControlCharacter(value) ? lineBreak(value) : undefined),
};
