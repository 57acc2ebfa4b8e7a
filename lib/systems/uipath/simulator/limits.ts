import type { Clock } from "../../../core/clock";
import type { UiPathSimulatorOptions } from "./options";
import { tooManyRequests } from "./refusal";

const WINDOW_MS = 5 * 60_000;

/**
 * The Identity service's limits: so many requests in five minutes, by method.
 * @see https://docs.uipath.com/automation-cloud/automation-cloud/latest/api-guide/api-rate-limits-for-identity-server
 */
export class Limits {
  private readonly requests = new Map<string, number[]>();

  constructor(
    private readonly options: UiPathSimulatorOptions,
    private readonly clock: Clock,
  ) {}

  count(method: string): void {
    const now = this.clock.now();
    const recent = (this.requests.get(method) ?? []).filter((at) => at > now - WINDOW_MS);
    this.requests.set(method, recent);
    if (recent.length >= (this.options.identityLimits[method] ?? Infinity))
      throw tooManyRequests(this.options.retryAfter);
    recent.push(now);
  }
}
