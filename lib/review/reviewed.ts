import * as z from "zod";
import { compare } from "../core/finding";
import { ProblemError } from "../core/problem";
import { notAHash, reviewUnreadable } from "./errors";
import { readHeader } from "./header";
import { REVIEW_FORMAT } from "./json";
import type { Change, Review } from "./review";

/** What somebody has agreed to. */
export interface Reviewed {
  readonly hash: string;
  /** Not known when only the hash is. */
  readonly stack?: string;
  /** What the plan was to do; not known from a hash or a comment. */
  readonly changes?: readonly Pick<Change, "address" | "verb" | "lines">[];
}

/**
 * Reads a review back: JSON, or the Markdown of a comment.
 *
 * @throws ProblemError `review/unreadable`
 */
export function readReviewed(text: string, path: string): Reviewed {
  const header = readHeader(text);
  if (header !== undefined && !text.trimStart().startsWith("{")) return { hash: header.hash, stack: header.stack };
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new ProblemError(reviewUnreadable(path, "neither JSON nor a comment with a review's hidden first line"));
  }
  const parsed = contract().safeParse(json);
  if (!parsed.success) throw new ProblemError(reviewUnreadable(path, z.prettifyError(parsed.error)));
  return parsed.data;
}

const contract = () =>
  z.object({
    format: z.literal(REVIEW_FORMAT),
    stack: z.string(),
    hash: z.string().regex(HASH),
    changes: z.array(
      z.object({
        address: z.string(),
        verb: z.enum(["create", "update", "delete", "replace", "import", "move", "forget", "read", "none"]),
        lines: z.array(z.string()),
      }),
    ),
  });

const HASH = /^sha256:[0-9a-f]{64}$/;

/** @throws ProblemError `review/not-a-hash` */
export function reviewedHash(text: string): Reviewed {
  if (!HASH.test(text)) throw new ProblemError(notAHash(text));
  return { hash: text };
}

/** How the plan of now differs from the one that was reviewed; from a hash alone only the plan of now can be told. */
export function differenceBetween(reviewed: Reviewed, now: Review): string {
  if (reviewed.changes === undefined) {
    const lines = now.changes.flatMap(({ lines }) => lines);
    return [
      "This plan would do (compare with the review):",
      ...(lines.length === 0 ? ["  nothing"] : lines.map((line) => `  ${line}`)),
    ].join("\n");
  }
  const was = keyed(reviewed.changes);
  const is = keyed(now.changes);
  const addresses = [...new Set([...was.keys(), ...is.keys()])].sort(compare);
  const parts = addresses.flatMap((address) => {
    const [then, today] = [was.get(address), is.get(address)];
    if (then === today) return [];
    if (today === undefined) return [`  reviewed, but no longer planned: ${address}`, ...indented(then!)];
    if (then === undefined) return [`  planned, but not reviewed: ${address}`, ...indented(today)];
    const [reviewedLines, plannedLines] = [then.split("\n"), today.split("\n")];
    return [
      `  planned otherwise: ${address}`,
      ...reviewedLines.filter((line) => !plannedLines.includes(line)).map((line) => `      reviewed: ${line}`),
      ...plannedLines.filter((line) => !reviewedLines.includes(line)).map((line) => `      now:      ${line}`),
    ];
  });
  return [
    "Differences between the reviewed plan and this one:",
    ...(parts.length === 0
      ? ["  only in what is not shown (secrets, or values that are known after the apply)"]
      : parts),
  ].join("\n");
}

function keyed(changes: NonNullable<Reviewed["changes"]>): Map<string, string> {
  return new Map(changes.map(({ address, lines }) => [address, lines.join("\n")]));
}

function indented(text: string): string[] {
  return text.split("\n").map((line) => `      ${line}`);
}
