import * as z from "../core/zod";
import { compare } from "../core/finding";
import { ProblemError } from "../core/problem";
import { BINDING_KINDS, type Binding } from "../plan";
import { notAHash, notPlanned, reviewUnreadable } from "./errors";
import { readHeader } from "./header";
import { REVIEW_FORMAT } from "./json";
import { NOT_PLANNED_FORMAT } from "./not-planned";
import type { Change, Review } from "./review";

/** A reviewed state of a stack, as somebody has agreed to it. */
export interface Reviewed {
  readonly hash: string;
  /** Absent when only the hash is known. */
  readonly stack?: string;
  /** What the plan does; absent in a hash or a comment. */
  readonly changes?: readonly Pick<Change, "address" | "verb" | "lines">[];
  /** What the plan is bound to; absent in a hash or a comment. */
  readonly bindings?: readonly Binding[];
  /** The commit of the planned code; null when the review does not say, absent when only the hash is known. */
  readonly commit?: string | null;
  /**
   * Whether the planned code holds changes that are in no commit; null when Git did not say, absent when only the hash
   * is known.
   */
  readonly uncommitted?: boolean | null;
  /** Absent when only the hash is known. */
  readonly boundTo?: Review["boundTo"];
}

/**
 * Reads a review from JSON, or from the Markdown of a comment.
 *
 * @throws ProblemError `review/unreadable`, `review/not-planned`
 */
export function readReviewed(text: string, path: string): Reviewed {
  const header = readHeader(text);
  if (header !== undefined && !text.trimStart().startsWith("{")) {
    const { hash, stack, commit, uncommitted, boundTo, status } = header;
    if (status === "not-planned") throw new ProblemError(notPlanned(commit));
    return { hash, stack, commit, uncommitted, boundTo };
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new ProblemError(reviewUnreadable(path, "neither JSON nor a comment with a review's hidden first line"));
  }
  const failed = z.object({ format: z.literal(NOT_PLANNED_FORMAT), commit: z.nullable(z.string()) }).safeParse(json);
  if (failed.success) throw new ProblemError(notPlanned(failed.data.commit));
  const parsed = reviewedContract().safeParse(json);
  if (!parsed.success) throw new ProblemError(reviewUnreadable(path, z.prettifyError(parsed.error)));
  return parsed.data;
}

/** The fields that the JSON of a review must have. */
export const reviewedContract = () =>
  z.object({
    format: z.literal(REVIEW_FORMAT),
    stack: z.string(),
    hash: z.string().check(z.regex(HASH)),
    commit: z._default(z.nullable(z.string()), null),
    uncommitted: z._default(z.nullable(z.boolean()), false),
    boundTo: z._default(z.enum(["stack", "plan"]), "stack"),
    bindings: z._default(
      z.array(
        z.object({
          kind: z.enum(BINDING_KINDS),
          name: z.string(),
          digest: z.string(),
          lines: z.array(z.string()),
        }),
      ),
      [],
    ),
    changes: z.array(
      z.object({
        address: z.string(),
        verb: z.enum(["create", "update", "delete", "replace", "import", "move", "forget", "read", "none"]),
        lines: z.array(z.string()),
      }),
    ),
  });

const HASH = /^sha256:[0-9a-f]{64}$/;

/**
 * Reads a hash.
 *
 * @throws ProblemError `review/not-a-hash`
 */
export function reviewedHash(text: string): Reviewed {
  if (!HASH.test(text)) throw new ProblemError(notAHash(text));
  return { hash: text };
}

/**
 * Describes how the current plan differs from the reviewed one; from a hash alone, only the current plan can be
 * described.
 */
export function differenceBetween(reviewed: Reviewed, now: Review): string {
  if (reviewed.changes === undefined) {
    const lines = now.changes.flatMap(({ lines }) => lines);
    return [
      "This plan would do (compare with the review):",
      ...(lines.length === 0 ? ["  nothing"] : lines.map((line) => `  ${line}`)),
      "It is bound to now:",
      ...now.bindings.flatMap((one) => [`  ${nameOf(one)}`, ...one.lines.map((line) => `      ${line}`)]),
    ].join("\n");
  }
  const changes = differencesOf(
    new Map(reviewed.changes.map(({ address, lines }) => [address, { identity: lines.join("\n"), lines }])),
    new Map(now.changes.map(({ address, lines }) => [address, { identity: lines.join("\n"), lines }])),
    { gone: "reviewed, but no longer planned", come: "planned, but not reviewed", other: "planned otherwise" },
  );
  const bound = bindingsBetween(reviewed.bindings ?? [], now.bindings);
  return [
    "Differences between the reviewed plan and this one:",
    ...(changes.length + bound.length === 0
      ? ["  only in what is not shown (secrets, or values that are known after the apply)"]
      : [...changes, ...bound]),
  ].join("\n");
}

/** The bindings that differ, by name, with the lines that differ. */
export function bindingsBetween(reviewed: readonly Binding[], now: readonly Binding[]): string[] {
  return differencesOf(bindingsByName(reviewed), bindingsByName(now), {
    gone: "reviewed, but gone",
    come: "not reviewed",
    other: "not as reviewed",
  });
}

interface Entry {
  /** Two entries with the same identity are equal. */
  readonly identity: string;
  readonly lines: readonly string[];
}

/** Groups bindings by name: a resource may have several provisioners of one name. */
function bindingsByName(all: readonly Binding[]): Map<string, Entry> {
  const entries = new Map<string, Entry>();
  for (const one of all) {
    const { identity = "", lines = [] } = entries.get(nameOf(one)) ?? {};
    entries.set(nameOf(one), { identity: `${identity} ${one.digest}`, lines: [...lines, ...one.lines] });
  }
  return entries;
}

/** "file modules/m/main.tf"; a name that includes its kind is used alone. */
function nameOf({ kind, name }: Binding): string {
  return name.startsWith(kind) ? name : `${kind} ${name}`;
}

interface Words {
  readonly gone: string;
  readonly come: string;
  readonly other: string;
}

function differencesOf(was: ReadonlyMap<string, Entry>, is: ReadonlyMap<string, Entry>, words: Words): string[] {
  const names = [...new Set([...was.keys(), ...is.keys()])].sort(compare);
  return names.flatMap((name) => {
    const [then, today] = [was.get(name), is.get(name)];
    if (then?.identity === today?.identity) return [];
    if (today === undefined) return [`  ${words.gone}: ${name}`, ...then!.lines.map((line) => `      ${line}`)];
    if (then === undefined) return [`  ${words.come}: ${name}`, ...today.lines.map((line) => `      ${line}`)];
    return [
      `  ${words.other}: ${name}`,
      ...then.lines.filter((line) => !today.lines.includes(line)).map((line) => `      reviewed: ${line}`),
      ...today.lines.filter((line) => !then.lines.includes(line)).map((line) => `      now:      ${line}`),
    ];
  });
}
