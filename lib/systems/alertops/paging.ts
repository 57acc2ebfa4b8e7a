import type { z } from "zod";
import type { RestApi } from "../kit/rest-api";
import { page } from "./contract";

const PAGE_SIZE = 100;

export interface ListRequest<T> {
  /** Completes "could not …". */
  readonly doing: string;
  readonly path: string;
  readonly query?: Readonly<Record<string, string | undefined>>;
  readonly item: z.ZodType<T>;
  /** @default all */
  readonly most?: number;
  readonly signal: AbortSignal;
}

/** All pages of a list (`limit`, `offset`). Items of another form are left out: a list may mix types. */
export async function listAll<T>(api: RestApi, request: ListRequest<T>): Promise<T[]> {
  const { doing, path, query, item, most = Infinity, signal } = request;
  const all: T[] = [];
  let first: string | undefined;
  for (let offset = 0; ; offset += PAGE_SIZE) {
    const reply = await api.read(doing, page, {
      method: "GET",
      path,
      query: { ...query, limit: PAGE_SIZE, offset },
      signal,
    });
    const items = itemsOf(reply);
    // A server that ignores paging would send its first page for ever.
    const head = JSON.stringify(items[0]);
    if (offset > 0 && head === first) return all;
    first ??= head;
    for (const one of items) {
      const parsed = item.safeParse(one);
      if (parsed.success) all.push(parsed.data);
    }
    if (items.length < PAGE_SIZE || all.length >= most) return all;
  }
}

/** The list itself, or the one member of the envelope that is a list: its name follows what is listed. */
function itemsOf(reply: z.infer<typeof page>): readonly unknown[] {
  if (Array.isArray(reply)) return reply;
  return Object.values(reply).find((member) => Array.isArray(member)) ?? [];
}
