import type { Clock } from "../../core/clock";
import { ProblemError } from "../../core/problem";
import { Snapshot } from "../../http/snapshot";
import type { HttpResponse } from "../../http/types";
import type { ObjectOwnership } from "../../terraform-plugin/ownership/address";
import type { Differences } from "./collection-options";
import { notGone, notKept } from "./problems";
import { readBack } from "./read-back";
import { vendorText } from "./vendor-text";
import { sharedReading, type ObjectRef, type ObjectWords } from "./words";

export interface SingletonOptions<T> {
  readonly clock: Clock;
  readonly words: ObjectWords;
  readonly ref: ObjectRef;
  /** Reads all settings. */
  readonly load: (signal: AbortSignal) => Promise<T>;
}

/** How long to repeat readings for settings that are in the state, but that the system does not show. */
const HIDDEN_MS = 5_000;

/**
 * Settings of which there is only one set. One reading serves all readers of a run, until something is written; after a
 * write the settings are read until the result shows, because a status alone proves nothing.
 */
export class Singleton<T> {
  private readonly snapshot: Snapshot<T>;

  constructor(private readonly options: SingletonOptions<T>) {
    this.snapshot = new Snapshot(options.load, sharedReading(options.words.system));
  }

  /** The settings from the reading that a run shares. */
  read(signal: AbortSignal): Promise<T> {
    return this.snapshot.get(signal);
  }

  /** The present settings; use it before a write, because another writer may have changed them. */
  now(signal: AbortSignal): Promise<T> {
    this.snapshot.invalidate();
    return this.snapshot.get(signal);
  }

  /** The present settings; repeats the reading for a while where nothing is set, since it may be outdated. */
  async sought(isSet: (settings: T) => boolean, signal: AbortSignal): Promise<T> {
    const { clock } = this.options;
    return (await readBack({ clock, signal, withinMs: HIDDEN_MS }, () => this.now(signal), isSet)).value;
  }

  /** Runs a write; a reading from before or during it is stale. */
  writing<R>(write: () => Promise<R>): Promise<R> {
    return this.snapshot.whileWriting(write);
  }

  /**
   * Reads until the settings are as they were written.
   *
   * @throws ProblemError `…/not-kept` when they keep showing something else, be it from another writer
   */
  async settled(differences: Differences<T>, signal: AbortSignal): Promise<T> {
    const { clock, words, ref } = this.options;
    const isRight = (settings: T) => differences(settings).length === 0;
    const { value, right } = await readBack({ clock, signal }, () => this.now(signal), isRight);
    if (!right) throw new ProblemError(notKept(words, ref, differences(value)));
    return value;
  }

  /**
   * Reads until the settings are gone.
   *
   * @param answer the system's answer to the deletion
   * @throws ProblemError `…/not-gone` when the system keeps showing them
   */
  async gone(isGone: (settings: T) => boolean, answer: HttpResponse, signal: AbortSignal): Promise<void> {
    const { clock, words, ref } = this.options;
    const { right } = await readBack({ clock, signal }, () => this.now(signal), isGone);
    if (!right) throw new ProblemError(notGone(words, ref, vendorText(answer)));
  }
}

/**
 * Whether an address of this state has the settings, or had them until this run. Ask it before they are read: it waits while
 * another address deletes them. Settings that look unset may still belong to an address, with their default.
 */
export async function isOfThisState(ownership: ObjectOwnership, id: string): Promise<boolean> {
  const { kind } = await ownership.standing(id);
  return kind !== "free" && kind !== "gone" && kind !== "unknowable";
}
