import { daysLeft } from "../../core/certificate-expiry";
import type { Clock } from "../../core/clock";
import type { Logger } from "../../core/log";
import type { Problem } from "../../core/problem";
import { Snapshot } from "../../http/snapshot";
import { sharedReading } from "../kit/words";
import { allows } from "./access-rules";
import type { CurrentCredential } from "./contract";
import { loginExpires, rightMissing } from "./refusals.errors";
import { ovhWords } from "./words";

/** A call that an apply will make. */
export interface PlannedCall {
  readonly method: string;
  /** The path without the API's version: `/dedicatedCloud/pcc-…/vrops/outgoingFlow`. */
  readonly path: string;
}

export interface LoginCheckOptions {
  readonly read: (signal: AbortSignal) => Promise<CurrentCredential>;
  readonly clock: Clock;
  readonly log: Logger;
  /** How to create a new key, in words. */
  readonly keyHelp: string;
}

const SOON_DAYS = 14;

/**
 * The permissions and expiry of a consumer key, read once in a run, so that a plan can announce what its apply would be
 * refused. Neither whether a key may read itself nor what the answer always contains is documented: nothing is concluded
 * from missing members.
 */
export class LoginCheck {
  private readonly credential: Snapshot<CurrentCredential | undefined>;
  private readonly reported = new Set<string>();

  constructor(private readonly options: LoginCheckOptions) {
    this.credential = new Snapshot((signal) => this.read(signal), sharedReading(ovhWords));
  }

  /** Returns each problem once. */
  async problems(calls: readonly PlannedCall[], signal: AbortSignal): Promise<readonly Problem[]> {
    const credential = await this.credential.get(signal);
    if (credential === undefined) return [];
    const { keyHelp } = this.options;
    const refused = rightsMissing(credential, calls).map((call) => rightMissing(call, keyHelp));
    const news = [...refused, ...this.expiry(credential)].filter(({ summary }) => !this.reported.has(summary));
    for (const { summary } of news) this.reported.add(summary);
    return news;
  }

  private expiry({ expiration }: CurrentCredential): readonly Problem[] {
    const end = Date.parse(expiration ?? "");
    const days = daysLeft(end, this.options.clock.now());
    // An expired key is refused, and the refusal reports that.
    if (!(days >= 0 && days < SOON_DAYS)) return [];
    return [loginExpires(new Date(end).toISOString().slice(0, 10), days, this.options.keyHelp)];
  }

  private async read(signal: AbortSignal): Promise<CurrentCredential | undefined> {
    try {
      return await this.options.read(signal);
    } catch (error) {
      if (signal.aborted) throw error;
      this.options.log.debug(
        `OVHcloud API: the consumer key's rights and end are not known: ${(error as Error).message}`,
      );
      return undefined;
    }
  }
}

/** The calls that no rule allows; none where the answer has no rules. */
function rightsMissing({ rules }: CurrentCredential, calls: readonly PlannedCall[]): readonly string[] {
  if (!rules || rules.length === 0) return [];
  return calls
    .filter(({ method, path }) => !rules.some((rule) => allows(rule, method, path)))
    .map(({ method, path }) => `${method} ${path}`);
}
