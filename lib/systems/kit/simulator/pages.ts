/** Which part of a list a request asks for, as it stands in the query. */
export interface Slice {
  /** Rows to leave out. @default 0 */
  readonly offset?: unknown;
  /** Rows wanted. @default all that are allowed */
  readonly limit?: unknown;
  /** What the vendor gives at most. @default no limit */
  readonly most?: number;
}

/** One page of a list. */
export function pageOf<T>(rows: readonly T[], { offset, limit, most = Infinity }: Slice): T[] {
  const from = Number(offset ?? 0);
  return rows.slice(from, from + Math.min(Number(limit ?? most), most));
}
