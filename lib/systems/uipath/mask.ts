import type { Validator } from "../../terraform-plugin/schema";
import { isMask } from "../kit/mask";
import { maskAsPassword } from "./errors";

/**
 * Refuses a mask that was copied, which would be stored as the password: twelve bullets in Orchestrator; the characters of
 * the Identity service are not documented, so any text of such characters alone counts.
 */
export const notAMask: Validator<string> = {
  describes: "not a mask such as `••••••••`",
  check: (value) => (isMask(value) ? maskAsPassword() : undefined),
};
