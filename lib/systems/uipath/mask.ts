import type { Validator } from "../../terraform-plugin/schema";
import { maskAsPassword } from "./errors";

/**
 * What UiPath shows of a stored password: twelve bullets in Orchestrator; the characters of the
 * Identity service are not documented, so anything made of such characters alone counts.
 */
export function isMask(value: string | null | undefined): boolean {
  return typeof value === "string" && /^[*\u2022\u25CF\u2219\u00B7]{3,}$/.test(value);
}

/** A mask that was copied from somewhere would be stored as the password. */
export const notAMask: Validator<string> = {
  describes: "not a mask such as `••••••••`",
  check: (value) => (isMask(value) ? maskAsPassword() : undefined),
};
