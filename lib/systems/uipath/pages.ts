import type { z } from "zod";
import type { RestApi } from "../kit/rest-api";

interface Page<T> {
  readonly value: readonly T[];
  readonly "@odata.count"?: number | null | undefined;
  readonly "@odata.nextLink"?: string | null | undefined;
}

/** A server that never ends its collection must not keep us for ever. */
const MOST_PAGES = 1_000;

/**
 * All rows of an OData collection. Orchestrator serves at most 1000 a page, some collections fewer than asked for:
 * the count decides when it is told, else an empty page, else that no next one is named.
 */
export async function readPages<T>(
  api: RestApi,
  doing: string,
  schema: z.ZodType<Page<T>>,
  request: {
    readonly path: string;
    readonly signal: AbortSignal;
    readonly query?: Record<string, string>;
    readonly paged?: boolean;
  },
): Promise<T[]> {
  const rows: T[] = [];
  for (let page = 0; page < MOST_PAGES; page++) {
    const paging = request.paged || rows.length > 0 ? { $top: 1000, $skip: rows.length, $count: true } : {};
    const reply = await api.read(doing, schema, {
      method: "GET",
      path: request.path,
      query: { ...request.query, ...paging },
      signal: request.signal,
    });
    rows.push(...reply.value);
    const count = reply["@odata.count"];
    const more = typeof count === "number" ? rows.length < count : Boolean(reply["@odata.nextLink"]);
    if (!more || reply.value.length === 0) break;
  }
  return rows;
}
