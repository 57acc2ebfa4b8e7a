import { createHash } from "node:crypto";
import type { Clock } from "../../core/clock";
import type { Authenticator, HttpResponse, OutgoingRequest } from "../../http/types";
import { refusal } from "./contract";

export interface SignatureKeys {
  readonly applicationKey: string;
  readonly applicationSecret: string;
  readonly consumerKey: string;
}

/** The difference of the clocks in seconds from which asking for the time again may help. */
const NOTICEABLE_SKEW = 2;

/**
 * Signs one request.
 *
 * @param url exactly as sent, query included
 * @param body exactly as sent, empty when there is none
 * @param timestamp Unix seconds, the same as in the header
 * @see https://github.com/ovh/docs (pages/manage_and_operate/api/first-steps)
 */
export function sign(keys: SignatureKeys, request: Omit<OutgoingRequest, "signal">, timestamp: number): string {
  const text = [
    keys.applicationSecret,
    keys.consumerKey,
    request.method.toUpperCase(),
    request.url,
    request.body,
    String(timestamp),
  ].join("+");
  return `$1$${createHash("sha1").update(text).digest("hex")}`;
}

/**
 * Signs with the server's clock, so that a wrong clock on this machine does no harm. Reads that come before that clock is
 * known are signed with this machine's, while the server's is being asked for: mostly both agree, and a read that is
 * refused for its time can be sent again. What changes something waits.
 */
export class SignatureAuthenticator implements Authenticator {
  /** Server minus local time in seconds; a failed attempt to read it is not kept. */
  private skew: Promise<number> | undefined;
  private known: number | undefined;
  /** The requests that were signed before the server's clock was known. */
  private readonly early = new WeakSet<OutgoingRequest>();

  /** @param serverTime asks the API for its time: Unix seconds */
  constructor(
    private readonly keys: SignatureKeys,
    private readonly clock: Clock,
    private readonly serverTime: () => Promise<number>,
  ) {}

  prepare(): void {
    void this.learned();
  }

  async authorize(request: OutgoingRequest): Promise<Record<string, string>> {
    const timestamp = this.localSeconds() + (await this.skewFor(request));
    return {
      "X-Ovh-Application": this.keys.applicationKey,
      "X-Ovh-Consumer": this.keys.consumerKey,
      "X-Ovh-Timestamp": String(timestamp),
      "X-Ovh-Signature": sign(this.keys, request, timestamp),
    };
  }

  /**
   * By its wording, the refusal of a late request hardly differs from that of a wrong signature; how the API words it is not
   * documented. So each refusal of a request that was signed early may be of its time.
   */
  refuses(response: HttpResponse, request: OutgoingRequest): boolean {
    if (response.status !== 400 && response.status !== 401 && response.status !== 403) return false;
    if (this.early.has(request)) return true;
    const { errorCode = "", message = "" } = refusal.safeParse(response.data).data ?? {};
    return /INVALID_SIGNATURE|TIME/.test(errorCode) || /invalid signature|out of time|timestamp/i.test(message);
  }

  /** Reads the server's clock again: it, or this machine's, may have been set since. */
  async renew(_refusal: HttpResponse, request: OutgoingRequest): Promise<boolean> {
    // The refusal says more than that its time is not known, too.
    if (this.early.has(request)) return isNoticeable(await this.learned().catch(() => 0));
    const before = await this.skew;
    this.skew = this.measure();
    const now = await this.skew;
    return before === undefined || isNoticeable(now - before);
  }

  private async skewFor(request: OutgoingRequest): Promise<number> {
    if (this.known !== undefined) return this.known;
    const learned = this.learned();
    if (request.method !== "GET") return learned;
    this.early.add(request);
    return 0;
  }

  private learned(): Promise<number> {
    return (this.skew ??= this.measure());
  }

  private measure(): Promise<number> {
    const measured = this.serverTime().then((seconds) => (this.known = seconds - this.localSeconds()));
    measured.catch(() => {
      if (this.skew === measured) this.skew = undefined;
    });
    return measured;
  }

  private localSeconds(): number {
    return Math.floor(this.clock.now() / 1000);
  }
}

const isNoticeable = (skew: number): boolean => Math.abs(skew) >= NOTICEABLE_SKEW;
