import type { Validator } from "../../terraform-plugin/schema";
import { notAGuid } from "./errors";

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export const isGuid = (text: string | null | undefined): text is string => typeof text === "string" && GUID.test(text);

/** An organization's id. */
export const guid: Validator<string> = {
  describes: "a GUID such as `3fa85f64-5717-4562-b3fc-2c963f66afa6`",
  check: (value) => (isGuid(value) ? undefined : notAGuid(value)),
};
