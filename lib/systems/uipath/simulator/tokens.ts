import { createHash } from "node:crypto";
import type { Clock } from "../../../core/clock";
import { BearerTokens } from "../../kit/simulator/bearer-tokens";
import { inContractCase } from "../../kit/simulator/any-case";
import { checked } from "../../kit/simulator/checked";
import { loginRequest } from "../contract";
import type { UiPathSimulatorOptions } from "./options";
import { traits } from "./options";
import { invalidInput, loginFailed, notAuthenticated, notAuthorized, oauth, unsupportedApiVersion } from "./refusal";

/** The origin of a request. */
export interface Bearer {
  readonly kind: "application" | "tenant" | "host";
  readonly scopes: readonly string[];
}

/** Issues tokens that look like JWTs. */
export class SimulatedTokens {
  private readonly issued: BearerTokens<Bearer>;
  private count = 0;
  logins = 0;
  refusedLogins = 0;

  constructor(
    private readonly options: UiPathSimulatorOptions,
    clock: Clock,
    private readonly random: () => number,
  ) {
    this.issued = new BearerTokens(clock, options.tokenUses);
  }

  /** `POST {identity}/connect/token`, a form. */
  grant(form: URLSearchParams): Record<string, unknown> {
    this.logins++;
    const { clientId, clientSecret, scopes, tokenSeconds } = this.options;
    if (form.get("grant_type") !== "client_credentials") throw this.refused(oauth("unsupported_grant_type"));
    if (form.get("client_id") !== clientId || form.get("client_secret") !== clientSecret) {
      throw this.refused(oauth("invalid_client"));
    }
    const has = scopes.split(" ");
    // Without a scope the application gets all scopes that it has, as is usual.
    const named = (form.get("scope") ?? "").split(/\s+/).filter(Boolean);
    const asked = named.length === 0 ? has : named;
    if (asked.some((scope) => !has.includes(scope))) throw this.refused(oauth("invalid_scope"));
    const token = this.issue({ kind: "application", scopes: asked });
    return { access_token: token, expires_in: tokenSeconds, token_type: "Bearer", scope: asked.join(" ") };
  }

  /** `POST /api/account/authenticate`. */
  login(body: unknown): Record<string, unknown> {
    if (!traits(this.options).hasPasswordLogin) throw unsupportedApiVersion();
    const { tenancyName, usernameOrEmailAddress, password } = checked(
      loginRequest,
      inContractCase(loginRequest, body),
      invalidInput,
    );
    this.logins++;
    const isHost = tenancyName.toLowerCase() === "host";
    const known = isHost || tenancyName.toLowerCase() === this.options.tenant.toLowerCase();
    if (!known || usernameOrEmailAddress !== this.options.username || password !== this.options.password) {
      throw this.refused(loginFailed());
    }
    const result = this.issue({ kind: isHost ? "host" : "tenant", scopes: [] });
    return { result, targetUrl: null, success: true, error: null, unAuthorizedRequest: false, __abp: true };
  }

  /** Throws the refusal of an invalid Authorization header. `scope` as in "OR.Settings"; `write` for changes. */
  check(authorization: string | undefined, scope: string, write: boolean): Bearer {
    const token = /^Bearer (.+)$/.exec(authorization ?? "")?.[1] ?? "";
    const bearer = this.issued.bearerOf(token);
    if (bearer === undefined) throw notAuthenticated();
    const enough = [scope, `${scope}.${write ? "Write" : "Read"}`];
    if (bearer.kind === "application" && !bearer.scopes.some((one) => enough.includes(one))) throw notAuthorized();
    return bearer;
  }

  expireAll(): number {
    return this.issued.revokeAll();
  }

  private issue(bearer: Bearer): string {
    const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
    const claims = { prt_id: this.options.organizationId, jti: ++this.count, rnd: this.random() };
    const signature = createHash("sha256").update(`${this.random()} ${this.count}`).digest("hex");
    const token = `${part({ alg: "RS256", typ: "at+jwt" })}.${part(claims)}.${signature}`;
    this.issued.issue(token, bearer, this.options.tokenSeconds * 1000);
    return token;
  }

  private refused<T>(refusal: T): T {
    this.refusedLogins++;
    return refusal;
  }
}
