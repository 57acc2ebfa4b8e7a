import { ProblemError } from "../../core/problem";
import type { Attribute } from "../../terraform-plugin/schema";
import type { Value } from "../../terraform-plugin/values";
import { unreadableSetting } from "./problems/settings";
import type { SystemWords } from "./words";

const YES: ReadonlySet<string> = new Set(["true", "1", "yes", "on"]);
const NO: ReadonlySet<string> = new Set(["false", "0", "no", "off"]);

/**
 * Converts the text of an environment variable or a file to the type of its attribute.
 *
 * @throws ProblemError `<system>/unreadable-setting` for an invalid boolean or number
 */
export function fromText(system: SystemWords, attribute: Attribute, text: string, source: string): Value {
  const { type } = attribute;
  if (type === "bool") {
    const word = text.trim().toLowerCase();
    if (YES.has(word)) return true;
    if (NO.has(word)) return false;
    throw new ProblemError(unreadableSetting(system, source, text, "true or false (also 1, 0, yes, no, on, off)"));
  }
  if (type === "number") {
    const number = Number(text);
    if (text.trim() !== "" && Number.isFinite(number)) return number;
    throw new ProblemError(unreadableSetting(system, source, text, "a number such as 10 or 0.5"));
  }
  if (Array.isArray(type)) {
    const elements = text.split(",").map((element) => element.trim());
    return elements.filter((element) => element !== "");
  }
  return text;
}
