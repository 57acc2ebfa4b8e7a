import { timingSafeEqual } from "node:crypto";
import type { Clock } from "../../../core/clock";
import { BearerTokens } from "../../kit/simulator/bearer-tokens";
import { Throttle } from "../../kit/simulator/throttle";
import type { WebRequest } from "../../kit/simulator/web";
import { allows, isLike } from "../access-rules";
import { sign } from "../signature";
import type { IssuedCredential, Credentials } from "./credentials";
import type { OvhSimulatorOptions } from "./options";
import {
  actionRefused,
  invalidCredential,
  invalidKey,
  invalidSignature,
  loginMissing,
  notGranted,
  outOfTime,
  tokenInvalid,
  tooMany,
} from "./refusals";

export interface GuardedCall {
  readonly request: WebRequest;
  /** `/1.0` or `/v1`, the beginning of the path. */
  readonly version: string;
  /** The IAM action that the route needs. */
  readonly action: string;
  /** Whether the call asks who the caller is. @default false */
  readonly isOfItself?: boolean;
}

/** The login of the caller, in the API's words for its method. */
export type CallerLogin =
  | { readonly method: "account"; readonly credential: IssuedCredential }
  | { readonly method: "oauth2_client_credentials" };

/** Authentication, authorisation and throttling, as strict as the real gateway. */
export class Guard {
  private readonly tokens: BearerTokens<"service account">;
  private readonly throttle: Throttle;
  private granted = 0;

  constructor(
    private readonly options: OvhSimulatorOptions,
    private readonly clock: Clock,
    private readonly random: () => number,
    private readonly credentials: Credentials,
  ) {
    this.tokens = new BearerTokens(clock);
    this.throttle = new Throttle({ requests: options.rateLimit, retryAfter: options.retryAfter }, clock);
  }

  serverSeconds(): number {
    return Math.floor(this.clock.now() / 1000) + this.options.clockSkewSeconds;
  }

  /** Throws the refusal that the real API would send. */
  check(call: GuardedCall): CallerLogin {
    const { request } = call;
    this.throttle.pass(`${request.method} ${request.url}`, tooMany);
    const { authorization } = request.headers;
    if (authorization === undefined) return { method: "account", credential: this.checkSignature(call) };
    const token = /^Bearer (\S+)$/i.exec(authorization)?.[1];
    const known = token === this.options.access_token || this.tokens.bearerOf(token ?? "") !== undefined;
    if (!known) throw tokenInvalid();
    const allowed = call.isOfItself || this.options.actions.some((pattern) => isLike(call.action, pattern));
    if (!allowed) throw actionRefused(call.action);
    return { method: "oauth2_client_credentials" };
  }

  /** Checks calls that create a consumer key, and so have none. */
  checkApplication(request: WebRequest): void {
    if (header(request, "x-ovh-application") !== this.options.application_key) throw invalidKey();
  }

  /** Issues a token for a service account; undefined when id or secret are wrong. */
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

  private checkSignature({ request, version, isOfItself }: GuardedCall): IssuedCredential {
    const { application_secret, ownCredential, clockToleranceSeconds } = this.options;
    this.checkApplication(request);
    const consumerKey = header(request, "x-ovh-consumer");
    if (consumerKey === undefined) throw loginMissing();
    const credential = this.credentials.withKey(consumerKey);
    if (credential?.status !== "validated") throw invalidCredential();
    const timestamp = Number(header(request, "x-ovh-timestamp"));
    const keys = { applicationKey: this.options.application_key, applicationSecret: application_secret, consumerKey };
    const { method } = request;
    const body = typeof request.body === "string" ? request.body : "";
    const given = header(request, "x-ovh-signature") ?? "";
    const isSigned = urlsOf(request).some((url) => isSame(given, sign(keys, { method, url, body }, timestamp)));
    if (!isSigned) throw invalidSignature();
    if (!(Math.abs(timestamp - this.serverSeconds()) <= clockToleranceSeconds)) throw outOfTime();
    const path = request.url.slice(version.length).split("?", 1)[0]!;
    const isAllowed =
      (isOfItself && ownCredential === "always") || credential.rules.some((rule) => allows(rule, method, path));
    if (!isAllowed) throw notGranted();
    this.credentials.used(consumerKey);
    return credential;
  }
}

/** The origin that the client has called, also where something before the sandbox terminates TLS. */
export function originOf(request: WebRequest): string {
  return `${header(request, "x-forwarded-proto") === "https" ? "https" : "http"}://${request.host}`;
}

/** The URLs that may be signed: the API has one port, so OVHcloud's own clients for Node.js leave it out. */
function urlsOf(request: WebRequest): readonly string[] {
  const origin = originOf(request);
  return [origin, origin.replace(/:\d+$/, "")].map((start) => start + request.url);
}

function isSame(given: string, expected: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(expected)];
  return one.length === other.length && timingSafeEqual(one, other);
}

function header({ headers }: WebRequest, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value[0] : value;
}
