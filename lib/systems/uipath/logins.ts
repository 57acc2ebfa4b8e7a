import { ProblemError } from "../../core/problem";
import { HttpClient } from "../../http/client";
import type { ApiRuntime } from "../kit/system";
import { Token, type Grant } from "../kit/token";
import { loginReply, tokenReply } from "./contract";
import { loginRefused } from "./errors";
import type { UiPathConnection } from "./settings";
import { uipathWords } from "./words";

/** The life of tokens of the older login, which do not contain it, by UiPath's manual. */
const LOGIN_LIFE_SECONDS = 30 * 60;
const TOKEN_LIFE_SECONDS = 60 * 60;

/** The tokens of one run, one for each set of scopes. */
export class Logins {
  private readonly tokens = new Map<string, Token>();
  private readonly http: HttpClient;

  constructor(
    private readonly connection: UiPathConnection,
    private readonly runtime: ApiRuntime,
  ) {
    const { addresses, credential } = connection;
    const { redactor } = runtime;
    if (credential.kind === "application") redactor.add(credential.clientSecret);
    else redactor.addCredentials(credential.username, credential.password);
    const baseUrl = credential.kind === "account" ? addresses.login : addresses.token;
    // A separate client: requests that wait for the token must not block it.
    this.http = new HttpClient({ ...runtime, name: uipathWords.title, baseUrl, maxConcurrent: 1 });
  }

  /** The token for calls that need this scope; it has no other, unless the user has set the scopes. */
  token(scope: string): Token {
    const wanted = this.scopeFor(scope);
    const known = this.tokens.get(wanted);
    if (known !== undefined) return known;
    const { clock, redactor } = this.runtime;
    const token = new Token({
      system: uipathWords,
      clock,
      redactor,
      acquire: (signal) => this.acquire(wanted, signal),
    });
    this.tokens.set(wanted, token);
    return token;
  }

  /** The claims of the token for this scope; undefined when it is not a JWT. Nothing is verified here. */
  async claims(scope: string, signal: AbortSignal): Promise<Record<string, unknown> | undefined> {
    const [, payload] = (await this.token(scope).text(signal)).split(".");
    try {
      const claims: unknown = JSON.parse(Buffer.from(payload ?? "", "base64url").toString("utf8"));
      return typeof claims === "object" && claims !== null ? (claims as Record<string, unknown>) : undefined;
    } catch {
      return undefined;
    }
  }

  private scopeFor(scope: string): string {
    const { credential } = this.connection;
    // The older login has no scopes.
    return credential.kind === "account" ? "" : (credential.scope ?? scope);
  }

  private async acquire(scope: string, signal: AbortSignal): Promise<Grant> {
    const { addresses, credential } = this.connection;
    const common = { method: "POST", path: "", accept: [400, 401, 403, 404, 405], anonymous: true, signal } as const;
    if (credential.kind === "account") {
      const { username, password } = credential;
      const body = { tenancyName: addresses.tenant ?? "Default", usernameOrEmailAddress: username, password };
      const response = await this.http.request({ ...common, body, retry: "once" });
      const reply = response.status < 300 ? loginReply.safeParse(response.data).data : undefined;
      if (reply !== undefined) return { token: reply.result, lifeSeconds: LOGIN_LIFE_SECONDS };
      throw new ProblemError(loginRefused(response, `user name ${username}, tenant ${body.tenancyName}`, undefined));
    }
    const { clientId, clientSecret } = credential;
    const form = { grant_type: "client_credentials", client_id: clientId, client_secret: clientSecret, scope };
    // A second token does no harm.
    const response = await this.http.request({ ...common, form, retry: "safe" });
    const reply = response.status < 300 ? tokenReply.safeParse(response.data).data : undefined;
    if (reply !== undefined) return { token: reply.access_token, lifeSeconds: reply.expires_in ?? TOKEN_LIFE_SECONDS };
    throw new ProblemError(loginRefused(response, `client ${clientId}`, scope));
  }
}
