import { Snapshot } from "../../http/snapshot";
import { path } from "../../http/url";
import type { Api } from "./api";
import { rule, rules, type ChangedRule, type NewRule, type Rule } from "./contract";

const COLLECTION = "/api/notifications/rules";
const PAGE_SIZE = 1000;

/** The notification rules of one vROps. One (paged) list call serves all readers until something is written. */
export class RuleCollection {
  private readonly snapshot: Snapshot<readonly Rule[]>;
  /** Ids this run has made or taken over: the same rule is not taken over twice. */
  readonly claimed = new Set<string>();

  constructor(private readonly api: Api) {
    this.snapshot = new Snapshot((signal) => this.readAll(signal));
  }

  list(signal: AbortSignal): Promise<readonly Rule[]> {
    return this.snapshot.get(signal);
  }

  /** From the shared list; undefined when it is gone. */
  async find(id: string, signal: AbortSignal): Promise<Rule | undefined> {
    return (await this.list(signal)).find((item) => item.id === id) ?? this.get(id, signal);
  }

  /** Asked now; undefined when it is gone. */
  async get(id: string, signal: AbortSignal): Promise<Rule | undefined> {
    const doing = `read the notification rule ${id}`;
    const response = await this.api.call(doing, {
      method: "GET",
      path: path`/api/notifications/rules/${id}`,
      accept: [400, 404],
      signal,
    });
    if (response.status < 300) return this.api.parse(doing, rule, response);
    if (response.status === 404) return undefined;
    this.snapshot.invalidate();
    return (await this.list(signal)).find((item) => item.id === id);
  }

  create(body: NewRule, signal: AbortSignal): Promise<Rule> {
    const doing = `create the notification rule ${JSON.stringify(body.name)}`;
    return this.write(() => this.api.read(doing, rule, { method: "POST", path: COLLECTION, body, signal }));
  }

  update(body: ChangedRule, signal: AbortSignal): Promise<Rule> {
    const doing = `update the notification rule ${JSON.stringify(body.name)}`;
    return this.write(() =>
      this.api.read(doing, rule, { method: "PUT", path: COLLECTION, body, retry: "once", signal }),
    );
  }

  /** False when it was gone already. */
  async delete(id: string, signal: AbortSignal): Promise<boolean> {
    const request = { method: "DELETE", path: path`/api/notifications/rules/${id}`, accept: [404], signal } as const;
    return this.write(async () => {
      const response = await this.api.call(`delete the notification rule ${id}`, request);
      return response.status !== 404;
    });
  }

  private async readAll(signal: AbortSignal): Promise<readonly Rule[]> {
    const all: Rule[] = [];
    for (let page = 0; ; page++) {
      const reply = await this.api.read("list the notification rules", rules, {
        method: "GET",
        path: COLLECTION,
        query: { page, pageSize: PAGE_SIZE },
        signal,
      });
      const items = reply.rules ?? [];
      all.push(...items);
      // A server that ignores paging would send its first page for ever: the count, or a short page, ends it.
      if (items.length < PAGE_SIZE || all.length >= (reply.pageInfo?.totalCount ?? 0)) return all;
    }
  }

  private async write<T>(send: () => Promise<T>): Promise<T> {
    this.snapshot.invalidate();
    try {
      return await send();
    } finally {
      this.snapshot.invalidate();
    }
  }
}
