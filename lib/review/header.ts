import { hiddenLine, readHiddenLine } from "./hidden-line";
import type { Review, ReviewVerdict } from "./review";

/** The hidden first line of a comment: by it the next run finds the comment and updates it instead of writing another. */
export interface ReviewHeader {
  readonly stack: string;
  /** Of the plan and all that it is bound to; empty when it could not be planned. */
  readonly hash: string;
  /** True when the comment does not show everything. */
  readonly truncated: boolean;
  /** Of the verdict: a change that does nothing needs no comment. Null in headers of older versions. */
  readonly status: ReviewVerdict["status"] | "not-planned" | null;
  /** Of the code that was planned; null when it is not known. */
  readonly commit: string | null;
  /** Whether what was planned holds changes that are in no commit. */
  readonly uncommitted: boolean | null;
  readonly boundTo: Review["boundTo"];
}

const MARKER = "outbound-review";

/** `<!-- outbound-review {"stack":"prod",…} -->` */
export function renderHeader({ stack, hash, truncated, status, commit, uncommitted, boundTo }: ReviewHeader): string {
  return hiddenLine(MARKER, { stack, hash, truncated, status, commit, uncommitted, boundTo });
}

/** The header of a review in Markdown; undefined when it has none. */
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
