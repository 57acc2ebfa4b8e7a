import type { Clock } from "../../core/clock";
import type { Logger } from "../../core/log";
import type { Vrops } from "./contract";
import { OvhApi } from "./api";
import { FlowService, type Patience } from "./flow-service";
import { explained, isForbidden, type RefusalContext } from "./refusals";
import type { HttpClient } from "../../http/client";
import { HttpError } from "../../http/error";

export interface OvhVropsClientOptions {
  readonly http: Pick<HttpClient, "request">;
  readonly clock: Clock;
  readonly log: Logger;
  readonly context: Omit<RefusalContext, "service">;
  readonly patience?: Partial<Patience>;
  /** Begins what the first request would have to wait for. @default nothing */
  readonly prepare?: () => void;
}

/** The OVHcloud API as far as hosted vROps are concerned; one for a provider run. */
export class OvhVropsClient {
  private readonly api: OvhApi;
  private readonly services = new Map<string, FlowService>();

  constructor(private readonly options: OvhVropsClientOptions) {
    this.api = new OvhApi(options.http, options.log);
  }

  /** Asks the API for its time, where signatures need it. */
  prepare(): void {
    this.options.prepare?.();
  }

  /** Lists the services. A login that may not do that is a login all the same: rights are given per service. */
  async checkLogin(signal: AbortSignal): Promise<void> {
    try {
      await this.api.services(signal);
    } catch (error) {
      const status = error instanceof HttpError ? error.status : undefined;
      // Whether it can be reached and has time is judged as for every system.
      if (status === undefined || status === 429 || status >= 500) throw error;
      if (isForbidden(error)) return;
      throw explained(error, this.options.context);
    }
  }

  /** Runs `work` on a service; what goes wrong comes out as a catalogued problem. */
  async on<T>(service: string, signal: AbortSignal, work: (flows: FlowService) => Promise<T>): Promise<T> {
    const flows = this.service(service);
    try {
      return await work(flows);
    } catch (error) {
      throw explained(await flows.diagnose(error, signal), { ...this.options.context, service });
    }
  }

  async vrops(service: string, signal: AbortSignal): Promise<Vrops> {
    try {
      return await this.api.vrops(service, signal);
    } catch (error) {
      throw explained(error, { ...this.options.context, service });
    }
  }

  private service(name: string): FlowService {
    let service = this.services.get(name);
    if (service === undefined) {
      const patience = { lostReplyMs: 10_000, settleMs: 60_000, ...this.options.patience };
      service = new FlowService(name, this.api, this.options.clock, patience);
      this.services.set(name, service);
    }
    return service;
  }
}
