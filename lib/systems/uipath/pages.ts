import type * as z from "../../core/zod";
import { readPages as readAllPages } from "../kit/pages";
import { endlessList } from "../kit/problems";
import type { HttpResponse } from "../../http/types";
import type { RestApi } from "../kit/rest-api";
import { uipathWords } from "./words";

interface Page<T> {
  readonly value: readonly T[];
  readonly "@odata.count"?: number | null | undefined;
  readonly "@odata.nextLink"?: string | null | undefined;
}

/**
 * Reads all rows of an OData collection. Orchestrator returns at most 1000 a page, some collections fewer than requested:
 * the count decides when it is included, else an empty page, else the absence of a next link.
 */
export const readPages = <T>(
  api: RestApi,
  doing: string,
  schema: z.ZodMiniType<Page<T>>,
  request: {
    readonly path: string;
    readonly signal: AbortSignal;
    readonly query?: Record<string, string>;
    readonly paged?: boolean;
    /** Called with each answer. */
    readonly seen?: (response: HttpResponse) => void;
  },
): Promise<T[]> =>
  readAllPages(
    async ({ offset }) => {
      const paging = request.paged || offset > 0 ? { $top: 1000, $skip: offset, $count: true } : {};
      const query = { ...request.query, ...paging };
      const { path, signal, seen } = request;
      const response = await api.call(doing, { method: "GET", path, query, signal });
      seen?.(response);
      const reply = api.parse(doing, schema, response);
      return { items: reply.value, total: reply["@odata.count"], cursor: reply["@odata.nextLink"] ?? null };
    },
    { endless: () => endlessList(uipathWords, doing) },
  );
