import { ProblemError } from "../../core/problem";
import type { Abortable } from "../../core/signals";
import { Snapshot } from "../../http/snapshot";
import type { HttpResponse } from "../../http/types";
import { path as urlPath } from "../../http/url";
import type { CollectionOptions, Differences, Sent } from "./collection-options";
import { ambiguous, deletionUnknown, listMissing, notGone, notKept, notShown, vanished } from "./problems";
import { readBack } from "./read-back";
import { CallError } from "./rest-api";
import { isPage, vendorText } from "./vendor-text";
import { sharedReading, theObject, type ObjectRef, type ObjectWords } from "./words";

/** How long to wait for lists to show what this run does not need: the next run finds what appears later. */
const BEHIND_MS = 5_000;

/**
 * The objects of one kind in one system. One list serves all readers of a run, until something is written; an object that is
 * missing from the list is read by its id before it counts as gone; and after a create, change or delete the object is read
 * until the result shows, because a status alone proves nothing.
 */
export class Collection<T extends object> {
  private readonly snapshot: Snapshot<readonly T[] | undefined>;

  constructor(
    private readonly options: CollectionOptions<T>,
    snapshot?: Snapshot<readonly T[] | undefined>,
  ) {
    this.snapshot = snapshot ?? new Snapshot((signal) => this.readList(signal), sharedReading(options.words.system));
  }

  /** The same objects under the words of another resource type; both share one list. */
  as(words: ObjectWords): Collection<T> {
    return new Collection({ ...this.options, words }, this.snapshot);
  }

  /** Requests the list, whether it exists or not: a refused login shows either way. */
  async ask(signal: AbortSignal): Promise<void> {
    await this.snapshot.get(signal);
  }

  /** @throws ProblemError `…/no-list` where the system has no list call */
  async list(signal: AbortSignal): Promise<readonly T[]> {
    const all = await this.snapshot.get(signal);
    if (all === undefined) throw new ProblemError(listMissing(this.options.words));
    return all;
  }

  /**
   * The objects with this name, complete and in their present state; where the system has no list call, only those of
   * `known`.
   *
   * @param known ids of objects that may have it although an outdated list does not show them
   */
  async named(name: string, signal: AbortSignal, known: readonly string[] = []): Promise<T[]> {
    const { nameOf, idOf } = this.options;
    const listed = ((await this.snapshot.get(signal)) ?? []).filter((one) => nameOf(one) === name).map(idOf);
    const unlisted = known.filter((id) => !listed.some((other) => this.isSame(id, other)));
    const now = await Promise.all([...listed, ...unlisted].map((id) => this.get(id, signal)));
    // Lists may be outdated: only the object itself shows whether it exists and what its name is.
    return now.filter((one) => one !== undefined).filter((one) => nameOf(one) === name);
  }

  /** Finds an object in the list that a run shares, else by its id; undefined when it is gone. */
  async find(id: string, by: Abortable): Promise<T | undefined> {
    const { loaded } = this.snapshot;
    const listed = this.among(loaded === undefined ? await this.snapshot.get(by.signal) : loaded.value, id);
    return listed !== undefined && this.isWhole(listed) ? listed : this.get(id, by.signal);
  }

  /** Reads an object by its id; undefined when it is gone. */
  async get(id: string, signal: AbortSignal): Promise<T | undefined> {
    const { api, item } = this.options;
    const doing = `read ${this.the({ id })}`;
    const response = await api.call(doing, { method: "GET", path: this.pathOf(id), accept: this.absent, signal });
    if (response.status < 300) return this.learned(api.parse(doing, item, response));
    const listed = await this.despite(response, id, doing, signal);
    if (listed === undefined || this.isWhole(listed)) return listed;
    throw api.refusal(doing, response);
  }

  /**
   * Creates an object. Where the reply is lost or does not contain it, a new object for which `isOurs` is true counts as the
   * result. Afterwards save its id, then wait until it is {@link settled}.
   *
   * @throws ProblemError `…/not-shown` when the system reported success, but has no such object, `…/ambiguous` when several
   * appeared at once
   */
  async create(name: string, sent: Sent, isOurs: (item: T) => boolean, signal: AbortSignal): Promise<T> {
    const { words, idOf } = this.options;
    const before = new Set((await this.snapshot.get(signal))?.map(idOf));
    const answer = await this.post(name, sent, signal);
    if ("item" in answer) return answer.item;
    const appeared = async () => {
      this.snapshot.invalidate();
      return (await this.named(name, signal)).filter((one) => !before.has(idOf(one)) && isOurs(one));
    };
    const { failure } = answer;
    const within = failure === undefined ? {} : { withinMs: BEHIND_MS };
    const { value } = await readBack(
      { clock: this.options.clock, signal, ...within },
      appeared,
      (all) => all.length > 0,
    )
      // The first error is more informative than a failed check.
      .catch((error: unknown) => {
        throw failure ?? error;
      });
    if (value.length > 1) throw new ProblemError(ambiguous(words, { name }, value.map(idOf)));
    if (value[0] === undefined) throw failure ?? new ProblemError(notShown(words, { name }));
    return value[0];
  }

  /**
   * Finds other objects with the name of a new one: somebody may have created the same at the same moment. Nobody knows
   * whether the list already shows all of them.
   */
  async besides({ name, id }: { readonly name: string; readonly id: string }, signal: AbortSignal): Promise<T[]> {
    const { nameOf, idOf } = this.options;
    this.snapshot.invalidate();
    const all = (await this.snapshot.get(signal)) ?? [];
    return all.filter((one) => nameOf(one) === name && !this.isSame(idOf(one), id));
  }

  /**
   * Reads until the object shows what was written.
   *
   * @throws ProblemError `…/not-kept` when it keeps showing something else, `…/vanished` when it is gone, `…/not-shown` when
   * it never appeared
   */
  async settled(
    ref: ObjectRef & { readonly id: string },
    differences: Differences<T>,
    after: "creation" | "change",
    signal: AbortSignal,
  ): Promise<T> {
    const { clock, words } = this.options;
    const { value } = await readBack(
      { clock, signal },
      () => this.get(ref.id, signal),
      // A removed object does not come back; a new one may not be visible everywhere yet.
      (one) => (one === undefined ? after === "change" : differences(one).length === 0),
    );
    if (value === undefined) throw new ProblemError((after === "creation" ? notShown : vanished)(words, ref));
    const left = differences(value);
    if (left.length > 0) throw new ProblemError(notKept(words, ref, left));
    return value;
  }

  /**
   * Changes an object by one request and waits until it is {@link settled}.
   *
   * @throws ProblemError `…/vanished` when there is no such object any more
   */
  async change(
    ref: ObjectRef & { readonly id: string },
    request: Sent & { readonly method: "PUT" | "PATCH" },
    differences: Differences<T>,
    signal: AbortSignal,
  ): Promise<T> {
    const { api, words } = this.options;
    const doing = `change ${this.the(ref)}`;
    const path = this.pathOf(ref.id);
    const sent = { ...request, path, accept: this.absent, signal };
    const response = await this.writing(() => api.call(doing, sent));
    if (response.status >= 300) {
      const isThere = (await this.despite(response, ref.id, doing, signal)) !== undefined;
      throw isThere ? api.refusal(doing, response) : new ProblemError(vanished(words, ref));
    }
    const value = await this.settled(ref, differences, "change", signal);
    // All visible values are right, but a secret is not visible.
    api.refusePage(doing, response);
    return value;
  }

  /**
   * Waits a few seconds for the list to show a change, too, so that the next run does not read the old state. An outdated
   * list is no error: the object itself is right.
   */
  async listed(id: string, isRight: (item: T) => boolean, signal: AbortSignal): Promise<void> {
    const read = async () => {
      this.snapshot.invalidate();
      return this.among(await this.snapshot.get(signal), id);
    };
    const { clock } = this.options;
    await readBack({ clock, signal, withinMs: BEHIND_MS }, read, (one) => one !== undefined && isRight(one));
  }

  /**
   * Deletes an object and checks that it is gone. False when it was gone already.
   *
   * @throws ProblemError `…/not-gone` when the system reported success, but keeps showing it, `…/deletion-unknown` when the
   * check failed
   */
  async delete(ref: ObjectRef & { readonly id: string }, signal: AbortSignal, sent: Sent = {}): Promise<boolean> {
    const { api, words, clock } = this.options;
    const doing = `delete ${this.the(ref)}`;
    const path = this.pathOf(ref.id);
    const request = { ...sent, method: "DELETE", path, accept: this.absent, signal } as const;
    const response = await this.writing(() => api.call(doing, request));
    const isDone = response.status < 300;
    if (!isDone && (await this.despite(response, ref.id, doing, signal)) !== undefined) {
      throw api.refusal(doing, response);
    }
    // "There is no such object" may come from a proxy in front of the system.
    const { right } = await readBack(
      { clock, signal },
      () => this.get(ref.id, signal),
      (one) => one === undefined,
    ).catch((error: unknown) => {
      if (signal.aborted || !(error instanceof ProblemError)) throw error;
      throw new ProblemError(deletionUnknown(words, ref, error.problems.map(({ summary }) => summary).join("; ")));
    });
    const said = isDone ? "yes" : "no such object";
    if (!right) throw new ProblemError(notGone(words, ref, vendorText(response), said));
    return isDone;
  }

  /** Runs a write of another kind; a list that was read before or during it is stale. */
  writing<R>(write: () => Promise<R>): Promise<R> {
    return this.snapshot.whileWriting(write);
  }

  private async post(
    name: string,
    sent: Sent,
    signal: AbortSignal,
  ): Promise<{ readonly item: T } | { readonly failure: CallError | undefined }> {
    const { api, path, item } = this.options;
    try {
      const request = { ...sent, method: "POST", path, signal } as const;
      const response = await this.writing(() => api.call(`create ${this.the({ name })}`, request));
      const parsed = item.safeParse(response.data);
      return parsed.success ? { item: this.learned(parsed.data) } : { failure: undefined };
    } catch (error) {
      if (error instanceof CallError && error.mayHaveHappened) return { failure: error };
      throw error;
    }
  }

  /** The object as the list now shows it, after an answer that it is missing or inaccessible. */
  private async despite(
    response: HttpResponse,
    id: string,
    doing: string,
    signal: AbortSignal,
  ): Promise<T | undefined> {
    const { sure = SURELY_ABSENT, mayBe } = this.options.absence ?? {};
    const page = isPage(response);
    if (sure.includes(response.status) && !page) return undefined;
    if (!page && mayBe?.(response) === false) throw this.options.api.refusal(doing, response);
    this.snapshot.invalidate();
    const all = await this.snapshot.get(signal);
    if (all === undefined) throw this.options.api.refusal(doing, response);
    return this.among(all, id);
  }

  private async readList(signal: AbortSignal): Promise<readonly T[] | undefined> {
    const { list, mayLackList = false } = this.options;
    try {
      return (await list(signal)).map((one) => this.learned(one));
    } catch (error) {
      if (mayLackList && error instanceof CallError && [404, 405].includes(error.status ?? 0)) return undefined;
      throw error;
    }
  }

  private among(all: readonly T[] | undefined, id: string): T | undefined {
    return all?.find((one) => this.isSame(this.options.idOf(one), id));
  }

  private isSame(one: string, other: string): boolean {
    return this.options.sameId?.(one, other) ?? one === other;
  }

  private get absent(): readonly number[] {
    const { sure = SURELY_ABSENT, unsure = [] } = this.options.absence ?? {};
    return [...sure, ...unsure];
  }

  private pathOf(id: string): string {
    const { path, pathOf } = this.options;
    return pathOf === undefined ? path + urlPath`/${id}` : pathOf(id);
  }

  private isWhole(item: T): boolean {
    return this.options.isWhole?.(item) ?? true;
  }

  private learned(item: T): T {
    this.options.learn?.(item);
    return item;
  }

  private the(ref: ObjectRef): string {
    return theObject(this.options.words, ref);
  }
}

const SURELY_ABSENT = [404, 410];
