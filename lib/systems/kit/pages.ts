import { ProblemError, type Problem } from "../../core/problem";

/** Where in a list a page begins, in every way that APIs ask for it. */
export interface PagePosition {
  /** 0 for the first page. */
  readonly number: number;
  /** Items read so far. */
  readonly offset: number;
  /** What the page before named as the next one. */
  readonly cursor: string | undefined;
}

/** One page. Say what the API tells; what it does not tell is found out. */
export interface Page<T> {
  readonly items: readonly T[];
  /** How many items the whole list has. */
  readonly total?: number | null | undefined;
  /** What to ask for next; null when the API says that this is the last page. Leave out where there is no such thing. */
  readonly cursor?: string | null | undefined;
  /** How many items a full page has: one with fewer is the last. Leave out where the API may shorten pages. */
  readonly size?: number;
}

export interface PagingOptions {
  /** Reads no further once there are so many items. @default all */
  readonly enough?: number;
  /** What is said of a list that never ends. A list that is cut would look as if objects were gone. */
  readonly endless: () => Problem;
}

const MOST_PAGES = 1_000;

/**
 * All items of a paged list. It ends where the API says so (a total, a last cursor), else at a page that is empty or not
 * full, or that repeats the one before: a server that ignores paging would send its first page for ever.
 *
 * @throws ProblemError as `endless` says, after a thousand pages
 */
export async function readPages<T>(
  read: (position: PagePosition) => Promise<Page<T>>,
  { enough = Infinity, endless }: PagingOptions,
): Promise<T[]> {
  const all: T[] = [];
  let before: string | undefined;
  let cursor: string | undefined;
  for (let number = 0; number < MOST_PAGES; number++) {
    const page = await read({ number, offset: all.length, cursor });
    const head = JSON.stringify(page.items[0]);
    if (page.items.length === 0 || head === before) return all;
    before = head;
    all.push(...page.items);
    if (all.length >= enough || isLast(page, all.length)) return all;
    cursor = page.cursor ?? undefined;
  }
  throw new ProblemError(endless());
}

function isLast({ items, total, cursor, size }: Page<unknown>, soFar: number): boolean {
  if (typeof total === "number") return soFar >= total;
  if (cursor !== undefined) return !cursor;
  return size !== undefined && items.length < size;
}
