import type { Validator } from "../../terraform-plugin/schema";
import { notAGuid } from "./errors";

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export const isGuid = (text: string) => GUID.test(text);

/** How Uptrends names its objects. */
export const guid: Validator<string> = {
  describes: "a GUID",
  check: (value) => (isGuid(value) ? undefined : notAGuid(value)),
};

/** GUIDs are the same whatever the case of their letters. */
export const sameGuid = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();

/** Of attributes that say which object is meant: with another one they speak of something else. */
export const reference = { validators: [guid], equal: sameGuid, replace: true } as const;
