import { printableJson } from "../core/printable";

/**
 * A line for programs that is invisible where Markdown is shown: `<!-- outbound-review {…} -->`.
 *
 * @param marker the kind of the line
 */
export function hiddenLine(marker: string, value: unknown): string {
  const json = printableJson(value);
  // An HTML comment may contain neither of these; in JSON they occur in texts only.
  return `<!-- ${marker} ${json.replace(/-(?=-)/g, "\\u002d").replaceAll(">", "\\u003e")} -->`;
}

/**
 * The value in the first line; undefined when it is no such line. Later lines are ignored: a plan, or anybody else who
 * is quoted, may have written one.
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
