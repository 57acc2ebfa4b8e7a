import { timingSafeEqual } from "node:crypto";
import type { Clock } from "../../../core/clock";
import { BearerTokens } from "../../kit/simulator/bearer-tokens";
import { Throttle } from "../../kit/simulator/throttle";
import { sign } from "../signature";
import type { SimulatorOptions } from "./options";
import {
  actionRefused,
  invalidCredential,
  invalidKey,
  invalidSignature,
  notGranted,
  outOfTime,
  tokenInvalid,
  tooMany,
} from "./refusals";

export interface GuardedRequest {
  readonly method: string;
  /** As the client sent it, scheme and host included. */
  readonly url: string;
  /** After the version: `/dedicatedCloud/…`. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
  /** The IAM action that the route needs. */
  readonly action: string;
}

/** Authentication, authorisation and throttling, as strict as the real gateway. */
export class Guard {
  private readonly tokens: BearerTokens<"service account">;
  private readonly throttle: Throttle;
  private granted = 0;

  constructor(
    private readonly options: SimulatorOptions,
    private readonly clock: Clock,
    private readonly random: () => number,
  ) {
    this.tokens = new BearerTokens(clock);
    this.throttle = new Throttle({ requests: options.rateLimit, retryAfter: options.retryAfter }, clock);
  }

  serverSeconds(): number {
    return Math.floor(this.clock.now() / 1000) + this.options.clockSkewSeconds;
  }

  /** Throws the refusal that the real API would answer. */
  check(request: GuardedRequest): void {
    this.throttle.pass(`${request.method} ${request.url}`, tooMany);
    const authorization = header(request, "authorization");
    if (authorization === undefined) return this.checkSignature(request);
    const token = /^Bearer (\S+)$/i.exec(authorization)?.[1];
    const known = token === this.options.access_token || this.tokens.bearerOf(token ?? "") !== undefined;
    if (!known) throw tokenInvalid();
    const allowed = this.options.actions.some((pattern) => matches(pattern, request.action));
    if (!allowed) throw actionRefused(request.action);
  }

  /** A token for a service account; undefined when id or secret are wrong. */
  grant(id: unknown, secret: unknown): { readonly token: string; readonly seconds: number } | undefined {
    if (id !== this.options.client_id || secret !== this.options.client_secret) return undefined;
    const token = `sandbox-token-${Math.floor(this.random() * 1e12).toString(36)}-${++this.granted}`;
    this.tokens.issue(token, "service account", this.options.tokenSeconds * 1000);
    return { token, seconds: this.options.tokenSeconds };
  }

  revokeTokens(): void {
    this.tokens.revokeAll();
  }

  reset(): void {
    this.throttle.reset();
  }

  private checkSignature(request: GuardedRequest): void {
    const { application_key, application_secret, consumer_key, access_rules, clockToleranceSeconds } = this.options;
    if (header(request, "x-ovh-application") !== application_key) throw invalidKey();
    if (header(request, "x-ovh-consumer") !== consumer_key) throw invalidCredential();
    const timestamp = Number(header(request, "x-ovh-timestamp"));
    const keys = { applicationKey: application_key, applicationSecret: application_secret, consumerKey: consumer_key };
    const expected = Buffer.from(sign(keys, request, timestamp));
    const given = Buffer.from(header(request, "x-ovh-signature") ?? "");
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) throw invalidSignature();
    if (!(Math.abs(timestamp - this.serverSeconds()) <= clockToleranceSeconds)) throw outOfTime();
    const call = `${request.method} ${request.path}`;
    if (!access_rules.some((rule) => matches(rule, call))) throw notGranted();
  }
}

function header({ headers }: GuardedRequest, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value[0] : value;
}

/** `*` stands for anything, also in the middle. */
function matches(pattern: string, text: string): boolean {
  const expression = pattern.split("*").map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${expression.join(".*")}$`).test(text);
}
