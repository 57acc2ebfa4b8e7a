import type { Validator } from "../../terraform-plugin/schema";
import { isGuid } from "../kit/guid";
import { notAGuid } from "./errors";

/** The id of an organization. */
export const guid: Validator<string> = {
  describes: "a GUID such as `3fa85f64-5717-4562-b3fc-2c963f66afa6`",
  check: (value) => (isGuid(value) ? undefined : notAGuid(value)),
};
