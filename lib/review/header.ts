import { hiddenLine, readHiddenLine } from "./hidden-line";
import type { Review, ReviewVerdict } from "./review";

/**
 * The hidden first line of a comment: it identifies the comment, so that the next run updates it instead of writing
 * another.
 */
export interface ReviewHeader {
  readonly stack: string;
  /** The hash over the plan and all that it is bound to; empty when it could not be planned. */
  readonly hash: string;
  /** True when the comment does not show everything. */
  readonly truncated: boolean;
  /** The verdict's status: a change that does nothing needs no comment. Null in headers of older versions. */
  readonly status: ReviewVerdict["status"] | "not-planned" | null;
  /** The commit of the planned code; null when it is not known. */
  readonly commit: string | null;
  /** Whether the planned code holds changes that are in no commit. */
  readonly uncommitted: boolean | null;
  readonly boundTo: Review["boundTo"];
}

const MARKER = "outbound-review";

/** Writes the line: `<!-- outbound-review {"stack":"prod",…} -->` */
export function renderHeader({ stack, hash, truncated, status, commit, uncommitted, boundTo }: ReviewHeader): string {
  return hiddenLine(MARKER, { stack, hash, truncated, status, commit, uncommitted, boundTo });
}

/** Reads the header from the Markdown of a review; undefined when there is none. */
export function readHeader(markdown: string): ReviewHeader | undefined {
  const found = readHiddenLine(MARKER, markdown);
  if (typeof found !== "object" || found === null) return undefined;
  const { stack, hash, truncated, status, commit, uncommitted, boundTo } = found as Partial<ReviewHeader>;
  if (typeof stack !== "string" || typeof hash !== "string") return undefined;
  return {
    stack,
    hash,
    truncated: truncated === true,
    status: status ?? null,
    commit: typeof commit === "string" ? commit : null,
    uncommitted: uncommitted === undefined ? false : uncommitted,
    boundTo: boundTo === "plan" ? "plan" : "stack",
  };
}
