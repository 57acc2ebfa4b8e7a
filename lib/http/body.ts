import { withoutMarkup } from "../core/markup";
import { printable } from "../core/printable";

/** Reading of response bodies that are not always what they claim to be. */

/** The JSON value of a body, whatever its content type says; undefined when the body is not JSON. HTML is never parsed. */
export function parseJson(text: string, contentType: string | undefined): unknown {
  const start = text.search(/\S/);
  if (start < 0 || text[start] === "<") return undefined;
  const isDeclared = contentType !== undefined && /[/+]json\b/i.test(contentType);
  if (!isDeclared && !/[[{"\dtfn-]/.test(text[start]!)) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

const LONGEST_EXCERPT = 300;
/** The number of characters that are examined. */
const LONGEST_READ = 20_000;

/** An excerpt of a body for a message: one line fit for a terminal, HTML reduced to its words, shortened. */
export function excerpt(text: string): string {
  const begin = text.slice(0, LONGEST_READ);
  const plain = /^\s*</.test(begin) ? withoutMarkup(begin, " ") : begin;
  return printable(plain.replace(/\s+/g, " "), LONGEST_EXCERPT);
}
