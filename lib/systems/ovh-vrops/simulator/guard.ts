import { timingSafeEqual } from "node:crypto";
import type { Clock } from "../../../core/clock";
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
  private readonly tokens = new Map<string, number>();
  private window = { start: -Infinity, requests: 0 };

  constructor(
    private readonly options: SimulatorOptions,
    private readonly clock: Clock,
    private readonly random: () => number,
  ) {}

  serverSeconds(): number {
    return Math.floor(this.clock.now() / 1000) + this.options.clockSkewSeconds;
  }

  throttle(): void {
    const { rateLimit, retryAfter } = this.options;
    if (rateLimit === undefined) return;
    const now = this.clock.now();
    if (now >= this.window.start + 60_000) this.window = { start: now, requests: 0 };
    if (++this.window.requests > rateLimit) {
      throw tooMany(retryAfter ? Math.ceil((this.window.start + 60_000 - now) / 1000) : undefined);
    }
  }

  /** Throws the refusal that the real API would answer. */
  check(request: GuardedRequest): void {
    this.throttle();
    const authorization = header(request, "authorization");
    if (authorization === undefined) return this.checkSignature(request);
    const token = /^Bearer (\S+)$/i.exec(authorization)?.[1];
    const expires = token === this.options.access_token ? Infinity : (token && this.tokens.get(token)) || 0;
    if (this.clock.now() >= expires) throw tokenInvalid();
    const allowed = this.options.actions.some((pattern) => matches(pattern, request.action));
    if (!allowed) throw actionRefused(request.action);
  }

  /** A token for a service account; undefined when id or secret are wrong. */
  grant(id: unknown, secret: unknown): { readonly token: string; readonly seconds: number } | undefined {
    if (id !== this.options.client_id || secret !== this.options.client_secret) return undefined;
    const token = `sandbox-token-${Math.floor(this.random() * 1e12).toString(36)}-${this.tokens.size + 1}`;
    this.tokens.set(token, this.clock.now() + this.options.tokenSeconds * 1000);
    return { token, seconds: this.options.tokenSeconds };
  }

  revokeTokens(): void {
    this.tokens.clear();
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
