import type { Validator } from "../terraform-plugin/schema";
import { lineBreak } from "./errors";

/** Whether a text holds CR, LF or another control character: it could end an SMTP command or a header. */
export function hasControlCharacter(text: string): boolean {
  return /[\x00-\x1f\x7f]/.test(text);
}

/** A text without line breaks: in a mail setting they would start a header or a command of their own. */
export const singleLine: Validator<string> = {
  describes: "a single line",
  check: (value) => (hasControlCharacter(value) ? lineBreak(value) : undefined),
};

/** A text without line breaks that is a secret, so that problems must not quote it. */
export const singleLineSecret: Validator<string> = {
  describes: "a single line",
  check: (value) => {
    const problem = singleLine.check(value);
    return problem && { ...problem, got: "a secret with a line break" };
  },
};
