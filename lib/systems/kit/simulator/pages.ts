/** The part of a list that a request asks for, as it stands in the query. */
export interface Slice {
  /** How many rows to skip. @default 0 */
  readonly offset?: unknown;
  /** How many rows to return. @default all that are allowed */
  readonly limit?: unknown;
  /** The vendor's greatest page size. @default no limit */
  readonly most?: number;
}

/** One page of a list. */
export function pageOf<T>(rows: readonly T[], { offset, limit, most = Infinity }: Slice): T[] {
  const from = Number(offset ?? 0);
  return rows.slice(from, from + Math.min(Number(limit ?? most), most));
}
