import type { Clock } from "../../core/clock";
import type { Logger } from "../../core/log";
import { ProblemError, type Problem } from "../../core/problem";
import type { Abortable } from "../../core/signals";
import type { HttpRequest, HttpResponse } from "../../http/types";
import { CallError, type RestApi } from "../kit/rest-api";
import { OvhApi } from "./api";
import type { HostedVrops } from "./contract";
import type { SettlingTimes } from "./flow";
import { FlowService } from "./flow-service";
import { LoginCheck, type PlannedCall } from "./login-check";
import { isForbidden } from "./refusals";

export interface OvhVropsClientOptions {
  readonly api: RestApi;
  readonly clock: Clock;
  readonly log: Logger;
  readonly settling?: Partial<SettlingTimes>;
  /** Whether it logs in by a consumer key, which shows its rights and its expiry. @default false */
  readonly hasConsumerKey?: boolean;
  /** How to create a new consumer key, in words. @default "" */
  readonly keyHelp?: string;
  /** Starts what the first request would otherwise wait for. @default nothing */
  readonly prepare?: () => void;
}

/** The part of the OVHcloud API for hosted vROps; one client for a provider run. */
export class OvhVropsClient {
  private readonly api: OvhApi;
  private readonly services = new Map<string, FlowService>();

  private readonly loginCheck: LoginCheck | undefined;

  constructor(private readonly options: OvhVropsClientOptions) {
    this.api = new OvhApi(options.api, options.log);
    const { clock, log, hasConsumerKey = false, keyHelp = "" } = options;
    const read = (signal: AbortSignal) => this.api.currentCredential(signal);
    this.loginCheck = hasConsumerKey ? new LoginCheck({ read, clock, log, keyHelp }) : undefined;
  }

  /** Reports what prevents these calls, as far as the login shows it; each problem once a run. */
  async preflight(calls: readonly PlannedCall[], signal: AbortSignal): Promise<readonly Problem[]> {
    return (await this.loginCheck?.problems(calls, signal)) ?? [];
  }

  /** Asks the API for its time, where signatures need it. */
  prepare(): void {
    this.options.prepare?.();
  }

  /** Lists the services. A login without that right is valid nevertheless: rights are granted per service. */
  async checkLogin(signal: AbortSignal): Promise<void> {
    try {
      await this.api.services(signal);
    } catch (error) {
      if (!(error instanceof CallError) || error.status !== 403) throw error;
      if (!isForbidden(error)) throw new ProblemError(...error.problems);
    }
  }

  /** Returns the raw answer to a request, for callers that check its form themselves. */
  ask(doing: string, request: HttpRequest): Promise<HttpResponse> {
    return this.options.api.call(doing, request);
  }

  vrops(service: string, signal: AbortSignal): Promise<HostedVrops> {
    return this.api.vrops(service, signal);
  }

  /** Runs `work` on a service; if it fails because the service's vROps is not enabled, reports that. */
  async on<T>(name: string, by: Abortable, work: (flows: FlowService) => Promise<T>): Promise<T> {
    const service = this.service(name);
    try {
      return await work(service);
    } catch (error) {
      throw await service.diagnose(error, by.signal);
    }
  }

  private service(name: string): FlowService {
    let service = this.services.get(name);
    if (service === undefined) {
      const settling = { lostReplyMs: 10_000, settleMs: 60_000, ...this.options.settling };
      service = new FlowService(name, this.api, this.options.clock, settling);
      this.services.set(name, service);
    }
    return service;
  }
}
