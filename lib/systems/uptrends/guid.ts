import type { Validator } from "../../terraform-plugin/schema";
import { sameIgnoringCase } from "../../core/ignoring-case";
import { isGuid } from "../kit/guid";
import { notAGuid } from "./errors";

/** The ids of Uptrends' objects. */
const guid: Validator<string> = {
  describes: "a GUID",
  check: (value) => (isGuid(value) ? undefined : notAGuid(value)),
};

/** The options of attributes that identify the object: a change refers to another one. */
export const reference = { validators: [guid], equal: sameIgnoringCase, replace: true } as const;
