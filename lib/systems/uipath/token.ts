import type { Clock } from "../../core/clock";
import { ProblemError } from "../../core/problem";
import type { Redactor } from "../../core/redaction";
import type { HttpError } from "../../http/error";
import type { Authenticator, HttpRequest, HttpResponse, OutgoingRequest } from "../../http/types";
import { loginReply, tokenReply } from "./contract";
import { loginRefused } from "./errors";
import type { UiPathConnection } from "./settings";

/** Asked for anew so long before it expires, or after nine tenths of a shorter life. */
const LEEWAY_MS = 30_000;
/** What UiPath's manual says of tokens of the older login, which do not tell their life. */
const LOGIN_LIFE_SECONDS = 30 * 60;
const TOKEN_LIFE_SECONDS = 60 * 60;

interface Token {
  readonly text: Promise<string>;
  until: number;
}

/**
 * The tokens of one run, one for each set of scopes: fetched when first needed, again when they expire
 * or are refused. A login that was refused is never repeated: accounts are locked after a few failures.
 */
export class Tokens {
  private readonly tokens = new Map<string, Token>();

  /** @param send posts to an absolute URL; must not queue behind requests that wait for the token */
  constructor(
    private readonly connection: UiPathConnection,
    private readonly clock: Clock,
    private readonly redactor: Redactor,
    private readonly send: (url: string, request: Omit<HttpRequest, "path" | "method">) => Promise<HttpResponse>,
  ) {
    const { credential } = connection;
    if (credential.kind === "application") redactor.add(credential.clientSecret);
    else redactor.addCredentials(credential.username, credential.password);
  }

  /** Asks only for what the calls of this authenticator need, unless the user named the scopes. */
  authenticator(scope: string): Authenticator {
    const wanted = this.scopeFor(scope);
    return {
      authorize: async ({ signal }) => ({ Authorization: `Bearer ${await this.token(wanted, signal)}` }),
      renew: async (_refusal: HttpResponse, { signal }: OutgoingRequest) => {
        this.tokens.delete(wanted);
        await this.token(wanted, signal);
        return true;
      },
    };
  }

  /** What the token for these scopes says about itself; undefined when it is no JWT. Nothing is verified here. */
  async claims(scope: string, signal: AbortSignal): Promise<Record<string, unknown> | undefined> {
    const [, payload] = (await this.token(this.scopeFor(scope), signal)).split(".");
    try {
      const claims: unknown = JSON.parse(Buffer.from(payload ?? "", "base64url").toString("utf8"));
      return typeof claims === "object" && claims !== null ? (claims as Record<string, unknown>) : undefined;
    } catch {
      return undefined;
    }
  }

  private scopeFor(scope: string): string {
    const { credential } = this.connection;
    // The older login knows no scopes.
    return credential.kind === "account" ? "" : (credential.scope ?? scope);
  }

  private async token(scope: string, signal: AbortSignal): Promise<string> {
    for (;;) {
      let token = this.tokens.get(scope);
      if (token === undefined || this.clock.now() >= token.until) {
        token = this.fetch(scope, signal);
        this.tokens.set(scope, token);
      }
      try {
        return await token.text;
      } catch (error) {
        // A refusal stays: everybody who asks later hears the same, and UiPath is not asked again.
        if (error instanceof ProblemError) throw error;
        if (this.tokens.get(scope) === token) this.tokens.delete(scope);
        const others = (error as HttpError).failure === "aborted" && !signal.aborted;
        // The one who logged in for all was told to stop; this caller was not.
        if (!others) throw error;
      }
    }
  }

  private fetch(scope: string, signal: AbortSignal): Token {
    const token: Token = {
      text: this.request(scope, signal, (seconds) => {
        const life = seconds * 1000;
        token.until = this.clock.now() + Math.max(life - LEEWAY_MS, life * 0.9);
      }),
      until: Infinity,
    };
    return token;
  }

  private async request(scope: string, signal: AbortSignal, live: (seconds: number) => void): Promise<string> {
    const { addresses, credential } = this.connection;
    const common = { accept: [400, 401, 403, 404, 405], anonymous: true, signal };
    if (credential.kind === "account") {
      const { username, password } = credential;
      const body = { tenancyName: addresses.tenant ?? "Default", usernameOrEmailAddress: username, password };
      const response = await this.send(addresses.login, { ...common, body, retry: "once" });
      const reply = response.status < 300 ? loginReply.safeParse(response.data).data : undefined;
      if (reply === undefined) {
        throw new ProblemError(loginRefused(response, `user name ${username}, tenant ${body.tenancyName}`, undefined));
      }
      live(LOGIN_LIFE_SECONDS);
      return this.known(reply.result);
    }
    const { clientId, clientSecret } = credential;
    const response = await this.send(addresses.token, {
      ...common,
      form: { grant_type: "client_credentials", client_id: clientId, client_secret: clientSecret, scope },
      // A second token does no harm.
      retry: "safe",
    });
    const reply = response.status < 300 ? tokenReply.safeParse(response.data).data : undefined;
    if (reply === undefined) throw new ProblemError(loginRefused(response, `client ${clientId}`, scope));
    live(reply.expires_in ?? TOKEN_LIFE_SECONDS);
    return this.known(reply.access_token);
  }

  private known(token: string): string {
    this.redactor.add(token);
    return token;
  }
}
