import * as z from "../core/zod";
import type { HttpClient, HttpRequest } from "../http";

/** The largest page size that both forges allow. */
const PER_PAGE = 100;
/** Enough for ten thousand comments; more means that the pages go round in circles. */
const MOST_PAGES = 100;

/**
 * Reads a whole list, page by page, as long as its `Link` header names a next page.
 *
 * @param which the query that narrows it down. @default everything
 * @see https://www.rfc-editor.org/rfc/rfc8288
 */
export async function everyPage<T>(
  client: HttpClient,
  path: string,
  element: z.ZodMiniType<T>,
  signal: AbortSignal,
  which: HttpRequest["query"] = {},
): Promise<readonly T[]> {
  const all: T[] = [];
  for (let page = 1; page <= MOST_PAGES; page++) {
    const query = { ...which, per_page: PER_PAGE, page };
    const { data, headers } = await client.request({ method: "GET", path, query, signal });
    all.push(...z.array(element).parse(data));
    if (!/;\s*rel="?next"?/i.test(headers["link"] ?? "")) break;
  }
  return all;
}
