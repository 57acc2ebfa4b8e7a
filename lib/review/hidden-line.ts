import { printableJson } from "../core/printable";

/**
 * A line that is not seen where Markdown is shown, and that programs read: `<!-- outbound-review {…} -->`.
 *
 * @param marker says what kind of line it is
 */
export function hiddenLine(marker: string, value: unknown): string {
  const json = printableJson(value);
  // Neither of these may stand in an HTML comment; in JSON they only stand in texts.
  return `<!-- ${marker} ${json.replace(/-(?=-)/g, "\\u002d").replaceAll(">", "\\u003e")} -->`;
}

/**
 * What the first line says; undefined when it is no such line. Further down nothing counts: there a plan, or whoever else is
 * quoted, may have written one.
 */
export function readHiddenLine(marker: string, markdown: string): unknown {
  const [begin, end] = [`<!-- ${marker} `, " -->"];
  const line = markdown.trimStart().split(/\r?\n/, 1)[0]!.trimEnd();
  if (!line.startsWith(begin) || !line.endsWith(end)) return undefined;
  try {
    return JSON.parse(line.slice(begin.length, -end.length)) as unknown;
  } catch {
    return undefined;
  }
}
