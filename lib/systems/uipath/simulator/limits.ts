import type { Clock } from "../../../core/clock";
import { Throttle } from "../../kit/simulator/throttle";
import type { UiPathSimulatorOptions } from "./options";
import { tooManyRequests } from "./refusal";

const WINDOW_MS = 5 * 60_000;

/**
 * The Identity service's limits: requests in five minutes, by method.
 *
 * @see https://docs.uipath.com/automation-cloud/automation-cloud/latest/api-guide/api-rate-limits-for-identity-server
 */
export class Limits {
  private readonly throttles: ReadonlyMap<string, Throttle>;

  constructor(
    private readonly options: UiPathSimulatorOptions,
    clock: Clock,
  ) {
    this.throttles = new Map(
      Object.entries(options.identityLimits).map(([method, requests]) => [
        method,
        new Throttle({ requests, windowMs: WINDOW_MS }, clock),
      ]),
    );
  }

  count(method: string): void {
    this.throttles.get(method)?.pass(method, () => tooManyRequests(this.options.retryAfter));
  }

  reset(): void {
    for (const throttle of this.throttles.values()) throttle.reset();
  }
}
