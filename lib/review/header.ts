import { printableJson } from "../core/printable";

/** The hidden first line of a comment: by it the next run finds the comment and updates it instead of writing another. */
export interface Header {
  readonly stack: string;
  /** Of the plan. */
  readonly hash: string;
  /** True when the comment does not show everything. */
  readonly truncated: boolean;
}

const MARK = "outbound-review";

/** `<!-- outbound-review {"stack":"prod",…} -->` */
export function renderHeader({ stack, hash, truncated }: Header): string {
  const json = printableJson({ stack, hash, truncated });
  // Neither of these may stand in an HTML comment; in JSON they only stand in texts.
  return `<!-- ${MARK} ${json.replace(/-(?=-)/g, "\\u002d").replaceAll(">", "\\u003e")} -->`;
}

/** The header of a review in Markdown; undefined when it has none. */
export function readHeader(markdown: string): Header | undefined {
  const found = new RegExp(`<!-- ${MARK} (\\{.*?\\}) -->`).exec(markdown)?.[1];
  if (found === undefined) return undefined;
  try {
    const { stack, hash, truncated } = JSON.parse(found) as Partial<Header>;
    if (typeof stack !== "string" || typeof hash !== "string") return undefined;
    return { stack, hash, truncated: truncated === true };
  } catch {
    return undefined;
  }
}
