import { cutShort } from "../core/cut-short";
import { renderPath, type Problem } from "../core/problem";
import type { AppliedDifference } from "./differences";
import { encodeJson } from "./json";
import type { Operation } from "./timeouts";
import { isWhollyKnown, type Type, type Value } from "./values";

/** The errors of an apply whose result is not the planned one. */

const WHY = "it does not keep this value, or something else changes it";

export function inconsistentResult(difference: AppliedDifference, operation: Operation): Problem {
  const { path, type, planned, held, secret } = difference;
  const name = renderPath(path);
  return {
    code: "terraform/not-as-planned",
    severity: "error",
    summary: `\`${name}\` is not as planned after the ${operation}`,
    path,
    got: secret ? "another value; it is a secret and not shown" : shown(type, held),
    expected: secret ? "the planned value" : `${shown(type, planned)}, as planned`,
    fix:
      operation === "create"
        ? `Look at the object in the outside system: ${WHY}. Terraform calls a new object with an error tainted and replaces it with the next apply; after \`terraform untaint\` the next apply changes it in place.`
        : `Apply again: the state has what was found, so that the plan shows what is left to change. If it stays, look at the object in the outside system: ${WHY}.`,
  };
}

const LONGEST = 200;
/** Control and direction characters that JSON leaves unchanged; problems are read in a terminal. */
const INVISIBLE = /[\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g;

function shown(type: Type, value: Value): string {
  if (!isWhollyKnown(value)) return "a value known in part";
  const text = encodeJson(type, value).replace(
    INVISIBLE,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
  return cutShort(text, LONGEST);
}
