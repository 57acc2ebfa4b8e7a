import { whenAborted } from "../core/signals";
import { reasonOf } from "../core/clock";
import type { Authenticator, HttpResponse, OutgoingRequest } from "./types";

/** Renews credentials once for any number of requests that were refused with the same ones. */
export class Renewal {
  /** Counts renewals: a refusal of credentials that have been renewed since does not cause another one. */
  generation = 0;
  private running: Promise<boolean> | undefined;

  constructor(private readonly authenticator: Authenticator) {}

  refuses(response: HttpResponse, request: OutgoingRequest): boolean {
    if (this.authenticator.renew === undefined) return false;
    return this.authenticator.refuses?.(response, request) ?? response.status === 401;
  }

  /** Waits while credentials are being renewed: a request sent meanwhile would only be refused, too. */
  async ready(signal: AbortSignal): Promise<void> {
    if (this.running !== undefined)
      await orAborted(
        this.running.catch(() => false),
        signal,
      );
  }

  /**
   * True when there are new credentials to try. `generation` is the one that was current when the refused request was
   * authorised.
   */
  async renew(generation: number, refusal: HttpResponse, request: OutgoingRequest): Promise<boolean> {
    while (this.generation === generation) {
      const mine = this.running === undefined;
      this.running ??= this.start(refusal, request);
      try {
        return await orAborted(this.running, request.signal);
      } catch (error) {
        // The request that renewed for all was aborted; another one takes over.
        if (mine || request.signal.aborted) throw error;
      }
    }
    return true;
  }

  private async start(refusal: HttpResponse, request: OutgoingRequest): Promise<boolean> {
    try {
      const renewed = await this.authenticator.renew!(refusal, request);
      if (renewed) this.generation++;
      return renewed;
    } finally {
      this.running = undefined;
    }
  }
}

function orAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  if (signal.aborted) return Promise.reject(reasonOf(signal));
  return new Promise((resolve, reject) => {
    const abort = () => reject(reasonOf(signal));
    const stopListening = whenAborted(signal, abort);
    promise.then(resolve, reject).finally(() => stopListening());
  });
}
