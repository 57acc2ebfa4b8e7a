import type { z } from "zod";
import { ProblemError } from "../../core/problem";
import type { HttpClient } from "../../http/client";
import { HttpError } from "../../http/error";
import type { HttpRequest, HttpResponse } from "../../http/types";
import { path } from "../../http/url";
import * as wire from "./contract";
import { unexpectedAnswer } from "./errors";
import { isGone } from "./refusals";

/** The front ends of OVHcloud itself ask for forty objects at once, so that surely works where batches do. */
const SURE_BATCH = 40;
/** Nobody says how many are too many: more are tried, and where they are refused forty are. */
const LARGE_BATCH = 100;

/** The routes of the API that concern us, one method each; answers are checked against the contract. */
export class OvhApi {
  /** Undefined until tried: reading many objects at once is used by OVHcloud's own front ends, but not documented. */
  private batches: boolean | undefined;
  private largest = LARGE_BATCH;

  constructor(
    private readonly http: Pick<HttpClient, "request">,
    private readonly log: { debug(message: string): void },
  ) {}

  /** The names of the services that the login may see. */
  services(signal: AbortSignal): Promise<string[]> {
    return this.get("/dedicatedCloud", wire.names, "a list of names", signal);
  }

  async vrops(service: string, signal: AbortSignal): Promise<wire.Vrops> {
    return this.get(path`/dedicatedCloud/${service}/vrops`, wire.vrops, "the description of a vROps", signal);
  }

  flowIds(service: string, signal: AbortSignal): Promise<number[]> {
    return this.get(path`/dedicatedCloud/${service}/vrops/outgoingFlow`, wire.ids, "a list of numbers", signal);
  }

  /** The flows that exist among `ids`. */
  flows(service: string, ids: readonly number[], signal: AbortSignal): Promise<Map<number, wire.Flow>> {
    return this.readMany(path`/dedicatedCloud/${service}/vrops/outgoingFlow`, ids, wire.flow, "a flow", signal);
  }

  /** The tasks that can still be read among `ids`. */
  tasks(service: string, ids: readonly number[], signal: AbortSignal): Promise<Map<number, wire.Task>> {
    return this.readMany(path`/dedicatedCloud/${service}/task`, ids, wire.task, "a task", signal);
  }

  taskIds(service: string, state: wire.TaskStateName, signal: AbortSignal): Promise<number[]> {
    const request = { method: "GET", path: path`/dedicatedCloud/${service}/task`, query: { state }, signal } as const;
    return this.send(request, wire.ids, "a list of numbers");
  }

  createFlow(service: string, body: wire.CreateFlow, signal: AbortSignal): Promise<wire.Task> {
    const to = path`/dedicatedCloud/${service}/vrops/outgoingFlow`;
    return this.send({ method: "POST", path: to, body, signal }, wire.task, "a task");
  }

  /** Saying the same description twice does no harm, so lost answers are no matter. */
  changeFlow(service: string, id: number, description: string, signal: AbortSignal): Promise<wire.Task> {
    const to = path`/dedicatedCloud/${service}/vrops/outgoingFlow/${id}/changeProperties`;
    return this.send({ method: "POST", path: to, body: { description }, retry: "safe", signal }, wire.task, "a task");
  }

  deleteFlow(service: string, id: number, signal: AbortSignal): Promise<wire.Task> {
    const to = path`/dedicatedCloud/${service}/vrops/outgoingFlow/${id}`;
    return this.send({ method: "DELETE", path: to, signal }, wire.task, "a task");
  }

  private get<S extends z.ZodType>(
    from: string,
    shape: S,
    what: string,
    signal: AbortSignal,
    headers?: Record<string, string>,
  ): Promise<z.output<S>> {
    return this.send({ method: "GET", path: from, signal, ...(headers && { headers }) }, shape, what);
  }

  private async send<S extends z.ZodType>(request: HttpRequest, shape: S, what: string): Promise<z.output<S>> {
    return checked(await this.http.request(request), shape, what);
  }

  private async readMany<S extends z.ZodType>(
    collection: string,
    ids: readonly number[],
    shape: S,
    what: string,
    signal: AbortSignal,
  ): Promise<Map<number, z.output<S>>> {
    const chunks = inChunks(ids, this.largest).map((chunk) => this.readChunk(collection, chunk, shape, what, signal));
    return new Map((await Promise.all(chunks)).flat());
  }

  private async readChunk<S extends z.ZodType>(
    collection: string,
    ids: readonly number[],
    shape: S,
    what: string,
    signal: AbortSignal,
  ): Promise<readonly (readonly [number, z.output<S>])[]> {
    const singles = async (some: readonly number[]) =>
      (await Promise.all(some.map((id) => this.readOne(collection, id, shape, what, signal)))).flat();
    if (ids.length < 2 || this.batches === false) return singles(ids);

    const answer = await this.readBatch(collection, ids, signal);
    if (answer === undefined && ids.length > SURE_BATCH) {
      this.largest = SURE_BATCH;
      const part = (some: readonly number[]) => this.readChunk(collection, some, shape, what, signal);
      // The first finds out for the others whether batches work at all.
      const first = await part(ids.slice(0, SURE_BATCH));
      const others = await Promise.all(inChunks(ids.slice(SURE_BATCH), SURE_BATCH).map(part));
      return [...first, ...others.flat()];
    }
    if (answer === undefined) return singles(ids);
    const read: [number, z.output<S>][] = [];
    const doubtful: number[] = [];
    for (const id of ids) {
      const entry = answer.find(({ key }) => String(key) === String(id));
      const value = entry !== undefined && !entry.error ? shape.safeParse(entry.value) : undefined;
      // What a batch says of a single failure is not documented: asking for it alone gives a proper answer.
      if (value?.success) read.push([id, value.data]);
      else doubtful.push(id);
    }
    return [...read, ...(await singles(doubtful))];
  }

  /** Undefined when the API does not understand the question. */
  private async readBatch(collection: string, ids: readonly number[], signal: AbortSignal) {
    try {
      const response = await this.http.request({
        method: "GET",
        path: `${collection}/${ids.join(",")}`,
        headers: { "X-Ovh-Batch": "," },
        signal,
      });
      const answer = wire.batch.safeParse(response.data).data;
      if (answer !== undefined || ids.length <= SURE_BATCH) this.batches = answer !== undefined;
      return answer;
    } catch (error) {
      const status = error instanceof HttpError ? (error.status ?? 0) : 0;
      if (status < 400 || status >= 500 || status === 401 || status === 429 || status === 460) throw error;
      this.log.debug(`OVHcloud API: reading ${ids.length} at once was answered ${status}; asking for fewer`);
      if (ids.length <= SURE_BATCH) this.batches = false;
      return undefined;
    }
  }

  private async readOne<S extends z.ZodType>(
    collection: string,
    id: number,
    shape: S,
    what: string,
    signal: AbortSignal,
  ): Promise<[number, z.output<S>][]> {
    try {
      return [[id, await this.get(`${collection}/${id}`, shape, what, signal)]];
    } catch (error) {
      if (isGone(error)) return [];
      throw error;
    }
  }
}

export function checked<S extends z.ZodType>(response: HttpResponse, shape: S, what: string): z.output<S> {
  const parsed = shape.safeParse(response.data);
  if (parsed.success) return parsed.data;
  const detail = parsed.error.issues
    .slice(0, 3)
    .map(({ path: at, message }) => `${at.length ? at.join(".") : "body"}: ${message}`)
    .join("; ");
  throw new ProblemError(unexpectedAnswer(what, detail, response.requestId));
}

function inChunks<T>(items: readonly T[], size: number): T[][] {
  const chunks: T[][] = [];
  for (let at = 0; at < items.length; at += size) chunks.push(items.slice(at, at + size));
  return chunks;
}
