import { cell, code } from "../findings/markdown";
import { cautionsOf } from "./bound";
import { VERBS } from "./build";
import { bytes, headAndTail } from "./fenced";
import { renderHeader, type ReviewHeader } from "./header";
import type { Review } from "./review";
import {
  addresses,
  banner,
  bound,
  drift,
  folded,
  moves,
  picture,
  policy,
  reachability,
  receivers,
  type SectionLimits,
} from "./sections";

/** The limit of GitHub, the lowest of the code hosts. It counts characters; bytes are safe with any counting. */
export const COMMENT_LIMIT = 65_536;

export const ICONS: Readonly<Record<NonNullable<ReviewHeader["status"]>, string>> = {
  "not-planned": "❌",
  "stops-alerts": "⛔",
  "breaks-rules": "❌",
  attention: "⚠️",
  "in-order": "✅",
  "no-changes": "✅",
};

/** From the most to the least detail; the next one is taken when a comment would be too long. */
const LIMITS: readonly SectionLimits[] = [
  { rows: 50, addresses: 40, picture: true },
  { rows: 25, addresses: 15, picture: true },
  { rows: 10, addresses: 5, picture: false },
  { rows: 3, addresses: 1, picture: false },
];

/**
 * The review as one comment of less than {@link COMMENT_LIMIT} bytes: what decides comes first, the differences come
 * last and folded, with the head and the tail of what is too long.
 */
export function toMarkdown(review: Review, limit = COMMENT_LIMIT): string {
  const { stack, hash, verdict, commit, uncommitted, boundTo } = review;
  return shortened(limit, (limits, differences) => {
    const { parts, truncated } = body(review, limits, differences);
    const header = renderHeader({ stack, hash, truncated, status: verdict.status, commit, uncommitted, boundTo });
    return [header, ...parts, next(review)].join("\n\n").concat("\n");
  });
}

export interface Section {
  readonly text: string;
  /** True when it does not show everything. */
  readonly truncated: boolean;
}

/** The review of one stack among others; as long as {@link toMarkdown} makes it with this limit. */
export function stackSection(review: Review, limit: number): Section {
  let truncated = false;
  const text = shortened(limit, (limits, differences) => {
    const made = body(review, limits, differences);
    truncated = made.truncated;
    return [...made.parts, `<sub>Plan ${code(review.hash)}</sub>`].join("\n\n");
  });
  return { text, truncated };
}

/** The most detailed text below the limit; where none is, the shortest. */
function shortened(limit: number, render: (limits: SectionLimits, differences: number) => string): string {
  let text = "";
  for (const limits of LIMITS) {
    const whole = render(limits, Infinity);
    text = whole;
    if (bytes(whole) < limit) return whole;
    const without = bytes(render(limits, 0));
    // 200 for the sentence that says what is left out.
    const left = limit - without - 200;
    if (left < 2_000 && limits !== LIMITS.at(-1)) continue;
    text = render(limits, Math.max(0, left));
    if (bytes(text) < limit) return text;
  }
  return text;
}

/** @param differences the most bytes of them */
function body(review: Review, limits: SectionLimits, differences: number) {
  const { stack, verdict } = review;
  const lines = review.changes.flatMap(({ lines }) => lines);
  const kept = headAndTail(lines, differences);
  const parts = [
    `## ${ICONS[verdict.status]} ${cell(stack)}: ${cell(verdict.line)}`,
    bound(review, limits),
    moves(review.moves, limits),
    banner(review.stops, limits),
    reachability(review.reachability, limits),
    receivers(review.receivers, limits),
    picture(review, limits),
    addresses(review.changes, limits),
    drift(review.drift, limits),
    policy(review, limits),
    folded("All differences", kept),
  ].filter((part) => part !== "");
  return { parts, truncated: kept.left > 0 || isCut(review, limits) };
}

function isCut(
  { moves, reachability, receivers, changes, bindings }: Review,
  { rows, addresses }: SectionLimits,
): boolean {
  return (
    cautionsOf(bindings).length > rows ||
    moves.length > rows ||
    reachability.length > rows ||
    receivers.length > rows ||
    VERBS.some((verb) => changes.filter((one) => one.verb === verb).length > addresses)
  );
}

function next({ next: { command, why }, hash, commit, uncommitted }: Review): string {
  const changed = uncommitted ? " with uncommitted changes" : "";
  const of = commit === null ? changed : ` of the commit ${code(commit)}${changed}`;
  const plan = `<sub>Plan ${code(hash)}${of}. This comment is updated when the code changes.</sub>`;
  if (command === "") return `${why}\n\n${plan}`;
  return `### Next\n\n\`\`\`sh\n${command}\n\`\`\`\n\n${why}\n\n${plan}`;
}
