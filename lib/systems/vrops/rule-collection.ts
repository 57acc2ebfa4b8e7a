import { Snapshot } from "../../http/snapshot";
import { path } from "../../http/url";
import type { RestApi } from "../kit/rest-api";
import { rule, rules, type ChangedRule, type NewRule, type Rule } from "./contract";
import { Claims } from "./claims";
import { isInvalidParameter } from "./envelope";

const COLLECTION = "/api/notifications/rules";
const PAGE_SIZE = 1000;

/** The notification rules of one vROps. One (paged) list call serves all readers until something is written. */
export class RuleCollection {
  private readonly snapshot: Snapshot<readonly Rule[]>;
  readonly claims = new Claims("rule");

  constructor(private readonly api: RestApi) {
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
      accept: [400, 404, 500],
      signal,
    });
    if (response.status < 300) return this.api.parse(doing, rule, response);
    if (response.status === 404) return undefined;
    if (!isInvalidParameter(response)) throw this.api.refusal(doing, response);
    return this.listed(id, signal);
  }

  create(body: NewRule, signal: AbortSignal): Promise<Rule> {
    const doing = `create the notification rule ${JSON.stringify(body.name)}`;
    return this.snapshot.whileWriting(() =>
      this.api.read(doing, rule, { method: "POST", path: COLLECTION, body, signal }),
    );
  }

  update(body: ChangedRule, signal: AbortSignal): Promise<Rule> {
    const doing = `update the notification rule ${JSON.stringify(body.name)}`;
    return this.snapshot.whileWriting(() =>
      this.api.read(doing, rule, { method: "PUT", path: COLLECTION, body, retry: "once", signal }),
    );
  }

  /** False when it was gone already. */
  async delete(id: string, signal: AbortSignal): Promise<boolean> {
    const doing = `delete the notification rule ${id}`;
    return this.snapshot.whileWriting(async () => {
      const response = await this.api.call(doing, {
        method: "DELETE",
        path: path`/api/notifications/rules/${id}`,
        accept: [400, 404, 500],
        signal,
      });
      if (response.status < 300) return true;
      if (response.status === 404) return false;
      if (isInvalidParameter(response) && !(await this.listed(id, signal))) return false;
      throw this.api.refusal(doing, response);
    });
  }

  /** An unknown id and a broken request may look the same; the list knows. */
  private async listed(id: string, signal: AbortSignal): Promise<Rule | undefined> {
    this.snapshot.invalidate();
    return (await this.list(signal)).find((item) => item.id === id);
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
      const total = reply.pageInfo?.totalCount ?? Infinity;
      // A server that ignores paging would send its first page for ever.
      const repeated = items[0] !== undefined && items[0].id === all[0]?.id;
      if (!repeated) all.push(...items);
      if (repeated || items.length < PAGE_SIZE || all.length >= total) return all;
    }
  }
}
