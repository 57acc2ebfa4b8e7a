import * as z from "../core/zod";
import type { HttpClient, HttpRequest } from "../http";

/** The most that both forges give at once. */
const PER_PAGE = 100;
/** A discussion of ten thousand comments: then something goes round in circles. */
const MOST_PAGES = 100;

/**
 * Everything that a list has, page by page, as long as its `Link` header names a next one.
 *
 * @param which narrows it down. @default all of it
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
