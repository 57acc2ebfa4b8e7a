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

/** A call that an apply is going to make. */
export interface PlannedCall {
  readonly method: string;
  /** Without the API's version: `/dedicatedCloud/pcc-…/vrops/outgoingFlow`. */
  readonly path: string;
}

export interface LoginOutlookOptions {
  readonly read: (signal: AbortSignal) => Promise<CurrentCredential>;
  readonly clock: Clock;
  readonly log: Logger;
  /** How a new key is made, in words. */
  readonly keyHelp: string;
}

const SOON_DAYS = 14;

/**
 * What a consumer key may do and until when, asked once in a run, so that a plan can say what its apply will be refused.
 * Whether a key may read itself is not documented, nor what the answer always holds: what is not told is not claimed.
 */
export class LoginOutlook {
  private readonly credential: Snapshot<CurrentCredential | undefined>;
  private readonly told = new Set<string>();

  constructor(private readonly options: LoginOutlookOptions) {
    this.credential = new Snapshot((signal) => this.read(signal), sharedReading(ovhWords));
  }

  /** Each problem is told once. */
  async problems(calls: readonly PlannedCall[], signal: AbortSignal): Promise<readonly Problem[]> {
    const credential = await this.credential.get(signal);
    if (credential === undefined) return [];
    const { keyHelp } = this.options;
    const refused = rightsMissing(credential, calls).map((call) => rightMissing(call, keyHelp));
    const news = [...refused, ...this.expiry(credential)].filter(({ summary }) => !this.told.has(summary));
    for (const { summary } of news) this.told.add(summary);
    return news;
  }

  private expiry({ expiration }: CurrentCredential): readonly Problem[] {
    const end = Date.parse(expiration ?? "");
    const days = daysLeft(end, this.options.clock.now());
    // One that has ended is refused: that is said by the refusal.
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

/** Those that no rule allows; nothing is claimed where no rules are told. */
function rightsMissing({ rules }: CurrentCredential, calls: readonly PlannedCall[]): readonly string[] {
  if (!rules || rules.length === 0) return [];
  return calls
    .filter(({ method, path }) => !rules.some((rule) => allows(rule, method, path)))
    .map(({ method, path }) => `${method} ${path}`);
}
