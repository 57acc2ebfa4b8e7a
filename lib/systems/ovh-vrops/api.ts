import type * as z from "../../core/zod";
import { path } from "../../http/url";
import { CallError, type RestApi } from "../kit/rest-api";
import * as wire from "./contract";
import { isGone } from "./refusals";

/** OVHcloud's own front ends request forty objects at once, so this size works wherever batches do. */
const SURE_BATCH = 40;
/**
 * The greatest size is not documented: larger batches are tried, and replaced by batches of forty where they are refused.
 */
const LARGE_BATCH = 100;

/** Objects of one kind that are read by their numbers. */
interface Numbered<T> {
  readonly path: string;
  readonly shape: z.ZodMiniType<T>;
  /** "flows of pcc-192-0-2-10" */
  readonly title: string;
}

/** The routes of the API that this package uses, one method each; answers are checked against the contract. */
export class OvhApi {
  /**
   * Whether batches work; undefined until tried. OVHcloud's own front ends read many objects at once, but this is not
   * documented.
   */
  private batches: boolean | undefined;
  private largest = LARGE_BATCH;

  constructor(
    private readonly api: Pick<RestApi, "call" | "read">,
    private readonly log: { debug(message: string): void },
  ) {}

  /** The names of the services that the login may see. */
  services(signal: AbortSignal): Promise<string[]> {
    return this.api.read("list the services", wire.names, { method: "GET", path: "/dedicatedCloud", signal });
  }

  /** The permissions of the consumer key and its expiry. */
  currentCredential(signal: AbortSignal): Promise<wire.CurrentCredential> {
    const request = { method: "GET", path: "/auth/currentCredential", retry: "once", signal } as const;
    return this.api.read("read what the consumer key may do", wire.currentCredential, request);
  }

  vrops(service: string, signal: AbortSignal): Promise<wire.HostedVrops> {
    const from = path`/dedicatedCloud/${service}/vrops`;
    return this.api.read(`read the vROps of ${service}`, wire.vrops, { method: "GET", path: from, signal });
  }

  flowIds(service: string, signal: AbortSignal): Promise<number[]> {
    const { path: from, title } = flowsOf(service);
    return this.api.read(`list the ${title}`, wire.ids, { method: "GET", path: from, signal });
  }

  /** The flows that exist among `ids`. */
  flows(service: string, ids: readonly number[], signal: AbortSignal): Promise<Map<number, wire.OutgoingFlow>> {
    return this.readMany(flowsOf(service), ids, signal);
  }

  /** Reads a flow; undefined when it does not exist. */
  async flow(service: string, id: number, signal: AbortSignal): Promise<wire.OutgoingFlow | undefined> {
    const [found] = await this.readOne(flowsOf(service), id, signal);
    return found?.[1];
  }

  /** The tasks among `ids` that can still be read. */
  tasks(service: string, ids: readonly number[], signal: AbortSignal): Promise<Map<number, wire.Task>> {
    return this.readMany(tasksOf(service), ids, signal);
  }

  /** @param state only tasks in this state @default all */
  taskIds(service: string, state: wire.TaskStateName | undefined, signal: AbortSignal): Promise<number[]> {
    const { path: from, title } = tasksOf(service);
    return this.api.read(`list the ${title}`, wire.ids, { method: "GET", path: from, query: { state }, signal });
  }

  createFlow(service: string, body: wire.CreateFlow, doing: string, signal: AbortSignal): Promise<wire.Task> {
    return this.api.read(doing, wire.task, { method: "POST", path: flowsOf(service).path, body, signal });
  }

  /** Changes the description. Repeating it does no harm, so a lost answer does not matter. */
  changeFlow(service: string, id: number, description: string, doing: string, signal: AbortSignal): Promise<wire.Task> {
    const to = flowsOf(service).path + path`/${id}/changeProperties`;
    return this.api.read(doing, wire.task, { method: "POST", path: to, body: { description }, retry: "safe", signal });
  }

  deleteFlow(service: string, id: number, doing: string, signal: AbortSignal): Promise<wire.Task> {
    return this.api.read(doing, wire.task, { method: "DELETE", path: flowsOf(service).path + path`/${id}`, signal });
  }

  private async readMany<T>(kind: Numbered<T>, ids: readonly number[], signal: AbortSignal): Promise<Map<number, T>> {
    const chunks = inChunks(ids, this.largest).map((chunk) => this.readChunk(kind, chunk, signal));
    return new Map((await Promise.all(chunks)).flat());
  }

  private async readChunk<T>(
    kind: Numbered<T>,
    ids: readonly number[],
    signal: AbortSignal,
  ): Promise<readonly (readonly [number, T])[]> {
    const singles = async (some: readonly number[]) =>
      (await Promise.all(some.map((id) => this.readOne(kind, id, signal)))).flat();
    if (ids.length < 2 || this.batches === false) return singles(ids);

    const answer = await this.readBatch(kind, ids, signal);
    if (answer === undefined && ids.length > SURE_BATCH) {
      this.largest = SURE_BATCH;
      const part = (some: readonly number[]) => this.readChunk(kind, some, signal);
      // The first batch determines for the others whether batches work at all.
      const first = await part(ids.slice(0, SURE_BATCH));
      const others = await Promise.all(inChunks(ids.slice(SURE_BATCH), SURE_BATCH).map(part));
      return [...first, ...others.flat()];
    }
    if (answer === undefined) return singles(ids);
    const read: [number, T][] = [];
    const doubtful: number[] = [];
    for (const id of ids) {
      const entry = answer.find(({ key }) => String(key) === String(id));
      const value = entry !== undefined && !entry.error ? kind.shape.safeParse(entry.value) : undefined;
      // The form of a single failure within a batch is not documented: requesting it alone gives a proper answer.
      if (value?.success) read.push([id, value.data]);
      else doubtful.push(id);
    }
    return [...read, ...(await singles(doubtful))];
  }

  /** Undefined when the API does not understand the request. */
  private async readBatch<T>({ path: from, title }: Numbered<T>, ids: readonly number[], signal: AbortSignal) {
    try {
      const response = await this.api.call(`read ${title}`, {
        method: "GET",
        path: `${from}/${ids.join(",")}`,
        headers: { "X-Ovh-Batch": "," },
        signal,
      });
      const answer = wire.batch.safeParse(response.data).data;
      if (answer !== undefined || ids.length <= SURE_BATCH) this.batches = answer !== undefined;
      return answer;
    } catch (error) {
      const status = error instanceof CallError ? (error.status ?? 0) : 0;
      if (status < 400 || status >= 500 || status === 401 || status === 429 || status === 460) throw error;
      this.log.debug(`OVHcloud API: reading ${ids.length} at once was answered ${status}; asking for fewer`);
      if (ids.length <= SURE_BATCH) this.batches = false;
      return undefined;
    }
  }

  private async readOne<T>(
    { path: from, title, shape }: Numbered<T>,
    id: number,
    signal: AbortSignal,
  ): Promise<[number, T][]> {
    try {
      const doing = `read number ${id} of the ${title}`;
      return [[id, await this.api.read(doing, shape, { method: "GET", path: `${from}/${id}`, signal })]];
    } catch (error) {
      if (isGone(error)) return [];
      throw error;
    }
  }
}

const flowsOf = (service: string): Numbered<wire.OutgoingFlow> => ({
  path: path`/dedicatedCloud/${service}/vrops/outgoingFlow`,
  shape: wire.flow,
  title: `flows of ${service}`,
});

const tasksOf = (service: string): Numbered<wire.Task> => ({
  path: path`/dedicatedCloud/${service}/task`,
  shape: wire.task,
  title: `tasks of ${service}`,
});

function inChunks<T>(items: readonly T[], size: number): T[][] {
  const chunks: T[][] = [];
  for (let at = 0; at < items.length; at += size) chunks.push(items.slice(at, at + size));
  return chunks;
}
