import type { Clock } from "../../core/clock";
import { ProblemError } from "../../core/problem";
import { Snapshot } from "../../http/snapshot";
import type { HttpResponse } from "../../http/types";
import type { ObjectOwnership } from "../../terraform-plugin/ownership/address";
import type { Differences } from "./collection";
import { notGone, notKept } from "./problems";
import { readBack } from "./read-back";
import { vendorText } from "./vendor-text";
import { sharedReading, type ObjectRef, type ObjectWords } from "./words";

export interface SingletonOptions<T> {
  readonly clock: Clock;
  readonly words: ObjectWords;
  readonly ref: ObjectRef;
  /** Reads all of it. */
  readonly load: (signal: AbortSignal) => Promise<T>;
}

/** How long settings are looked for that a state has, but the system does not show. */
const HIDDEN_MS = 5_000;

/**
 * Settings of which there is only one set. One reading serves all readers of a run, until something is written; what was
 * written is looked at until it shows, because no answer is believed by its status alone.
 */
export class Singleton<T> {
  private readonly snapshot: Snapshot<T>;

  constructor(private readonly options: SingletonOptions<T>) {
    this.snapshot = new Snapshot(options.load, sharedReading(options.words.system));
  }

  /** As a reading shows it that a run shares. */
  read(signal: AbortSignal): Promise<T> {
    return this.snapshot.get(signal);
  }

  /** As it is now: before a write, somebody else may have been faster. */
  now(signal: AbortSignal): Promise<T> {
    this.snapshot.invalidate();
    return this.snapshot.get(signal);
  }

  /** As it is now; looks again for a while where nothing is set, since a reading may be an old one. */
  async sought(isSet: (settings: T) => boolean, signal: AbortSignal): Promise<T> {
    const { clock } = this.options;
    return (await readBack({ clock, signal, withinMs: HIDDEN_MS }, () => this.now(signal), isSet)).value;
  }

  /** Runs a write, after (and during) which what was read is stale. */
  writing<R>(write: () => Promise<R>): Promise<R> {
    return this.snapshot.whileWriting(write);
  }

  /**
   * Reads until the settings are as they were written.
   *
   * @throws ProblemError `…/not-kept` when they go on showing something else, be it what another writer has set
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
   * @param answer what the system said to the deletion
   * @throws ProblemError `…/not-gone` when it goes on showing them
   */
  async gone(isGone: (settings: T) => boolean, answer: HttpResponse, signal: AbortSignal): Promise<void> {
    const { clock, words, ref } = this.options;
    const { right } = await readBack({ clock, signal }, () => this.now(signal), isGone);
    if (!right) throw new ProblemError(notGone(words, ref, vendorText(answer)));
  }
}

/**
 * Whether an address of this state has the settings, or had them until this run. To be asked before they are read: it
 * waits while somebody deletes them. Settings that look unset may still be somebody's, in their default.
 */
export async function isOfThisState(ownership: ObjectOwnership, id: string): Promise<boolean> {
  const { kind } = await ownership.standing(id);
  return kind !== "free" && kind !== "gone" && kind !== "unknowable";
}
