import type { Validator } from "../../terraform-plugin/schema";
import { sameIgnoringCase } from "../../core/ignoring-case";
import { isGuid } from "../kit/guid";
import { notAGuid } from "./errors";

/** How Uptrends names its objects. */
const guid: Validator<string> = {
  describes: "a GUID",
  check: (value) => (isGuid(value) ? undefined : notAGuid(value)),
};

/** Of attributes that say which object is meant: with another one they speak of something else. */
export const reference = { validators: [guid], equal: sameIgnoringCase, replace: true } as const;
