import type { Validator } from "../terraform-plugin/schema";
import { empty } from "./errors";

/** At least one character that is not a space. */
export const nonEmpty: Validator<string> = {
  describes: "not empty",
  check: (value) => (value.trim() === "" ? empty(value) : undefined),
};
