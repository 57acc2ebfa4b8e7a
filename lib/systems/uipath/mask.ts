import type { Validator } from "../../terraform-plugin/schema";
import { isMask } from "../kit/mask";
import { maskAsPassword } from "./errors";

/**
 * A mask that was copied from somewhere would be stored as the password: twelve bullets in Orchestrator; the characters
 * of the Identity service are not documented, so anything made of such characters alone counts.
 */
export const notAMask: Validator<string> = {
  describes: "not a mask such as `••••••••`",
  check: (value) => (isMask(value) ? maskAsPassword() : undefined),
};
