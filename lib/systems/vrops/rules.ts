import type { Clock } from "../../core/clock";
import { Collection } from "../kit/collection";
import { readPages } from "../kit/pages";
import { endlessList } from "../kit/problems";
import type { RestApi } from "../kit/rest-api";
import { theObject, type ObjectRef } from "../kit/words";
import { rule, rules, type ChangedRule, type NotificationRule } from "./contract";
import { ruleWords } from "./notification-rule.words";
import { isInvalidParameter } from "./refusals";
import { vropsWords } from "./words";

const COLLECTION = "/api/notifications/rules";
const PAGE_SIZE = 1000;

/** The notification rules of one vROps. */
export class Rules {
  readonly objects: Collection<NotificationRule>;

  constructor(
    private readonly api: RestApi,
    clock: Clock,
  ) {
    this.objects = new Collection({
      api,
      clock,
      words: ruleWords,
      path: COLLECTION,
      item: rule,
      idOf: ({ id }) => id,
      nameOf: ({ name }) => name,
      list: (signal) => this.readAll(signal),
      absence: { unsure: [400, 500], mayBe: isInvalidParameter },
    });
  }

  /** Writes the whole rule. Only the rule itself shows whether it is kept. */
  async update(ref: ObjectRef, body: ChangedRule, signal: AbortSignal): Promise<void> {
    const request = { method: "PUT", path: COLLECTION, body, retry: "once", signal } as const;
    await this.objects.writing(() => this.api.write(`change ${theObject(ruleWords, ref)}`, request));
  }

  private readAll(signal: AbortSignal): Promise<NotificationRule[]> {
    const doing = "list the notification rules";
    return readPages(
      async ({ number: page }) => {
        const query = { page, pageSize: PAGE_SIZE };
        const reply = await this.api.read(doing, rules, { method: "GET", path: COLLECTION, query, signal });
        return { items: reply.rules ?? [], total: reply.pageInfo?.totalCount, size: PAGE_SIZE };
      },
      { endless: () => endlessList(vropsWords, doing) },
    );
  }
}
