import { ProblemError, type Problem } from "../../core/problem";

/** The beginning of a page, in every form that APIs use. */
export interface PagePosition {
  /** 0 for the first page. */
  readonly number: number;
  /** Items read so far. */
  readonly offset: number;
  /** The cursor that the previous page returned. */
  readonly cursor: string | undefined;
}

/** One page. Include what the API returns; the rest is determined from it. */
export interface Page<T> {
  readonly items: readonly T[];
  /** How many items the whole list has. */
  readonly total?: number | null | undefined;
  /** The cursor of the next page; null when the API marks this page as the last. Omit it where the API has no cursor. */
  readonly cursor?: string | null | undefined;
  /** The size of a full page: a shorter page is the last. Omit it where the API may shorten pages. */
  readonly size?: number;
}

export interface PagingOptions {
  /** Stops once there are so many items. @default all */
  readonly enough?: number;
  /** The problem of a list without an end. A truncated list would look as if objects were gone. */
  readonly endless: () => Problem;
}

const MOST_PAGES = 1_000;

/**
 * Reads all items of a paged list. It ends where the API says so (a total, a last cursor), else at a page that is empty or
 * not full, or that repeats the previous one: a server that ignores paging would return its first page for ever.
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
