import type * as z from "../../core/zod";
import { ProblemError } from "../../core/problem";
import { readPages } from "../kit/pages";
import type { RestApi } from "../kit/rest-api";
import { endlessList, unexpectedAnswer } from "../kit/problems";
import { page } from "./contract";
import { alertOpsWords } from "./words";

const PAGE_SIZE = 100;

export interface ListRequest<T> {
  /** Completes "could not …". */
  readonly doing: string;
  readonly path: string;
  readonly query?: Readonly<Record<string, string | undefined>>;
  readonly item: z.ZodMiniType<T>;
  /** @default all */
  readonly enough?: number;
  readonly signal: AbortSignal;
}

/** Reads all pages of a list (`limit`, `offset`). Items of another form are left out: a list may mix types. */
export async function listAll<T>(api: RestApi, request: ListRequest<T>): Promise<T[]> {
  const { doing, path, query, item, enough, signal } = request;
  const all = await readPages(
    async ({ offset }) => {
      const sent = { method: "GET", path, query: { ...query, limit: PAGE_SIZE, offset }, signal } as const;
      const items = itemsOf(await api.read(doing, page, sent));
      if (items === undefined)
        throw new ProblemError(unexpectedAnswer(alertOpsWords, doing, "an object without a list"));
      return { items, size: PAGE_SIZE };
    },
    { endless: () => endlessList(alertOpsWords, doing), ...(enough === undefined ? {} : { enough }) },
  );
  return all.map((one) => item.safeParse(one)).flatMap(({ success, data }) => (success ? [data] : []));
}

/** The list itself, or the only member of the envelope that is a list: its name depends on the items. */
function itemsOf(reply: z.infer<typeof page>): readonly unknown[] | undefined {
  if (Array.isArray(reply)) return reply;
  return Object.values(reply).find((member) => Array.isArray(member));
}
