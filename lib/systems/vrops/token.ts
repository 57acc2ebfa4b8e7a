import { ProblemError } from "../../core/problem";
import type { Redactor } from "../../core/redaction";
import type { HttpError } from "../../http/error";
import type { Authenticator, HttpRequest, HttpResponse, OutgoingRequest } from "../../http/types";
import { loginFailed } from "./errors";
import type { VropsConnection } from "./settings";

/** vROps says "1512" when the token, not the password or the privilege, is the trouble. */
const TOKEN_INVALID = 1512;

/**
 * Logs in once for all concurrent requests and again when the token has expired. A refused login is
 * never tried again in this run: vROps locks accounts after a few failures.
 *
 * `vRealizeOpsToken` is the one scheme that both 8.x and 9.x accept.
 */
export class TokenAuthenticator implements Authenticator {
  private login: Promise<string> | undefined;

  /** @param send sends a request without authentication; must not queue behind requests that wait for the token */
  constructor(
    private readonly connection: VropsConnection,
    private readonly send: (request: HttpRequest) => Promise<HttpResponse>,
    private readonly redactor: Redactor,
  ) {
    redactor.addCredentials(connection.username, connection.password);
  }

  async authorize(request: OutgoingRequest): Promise<Record<string, string>> {
    return { Authorization: `vRealizeOpsToken ${await this.token(request.signal)}` };
  }

  refuses(response: HttpResponse): boolean {
    return response.status === 401 && apiErrorCode(response) === TOKEN_INVALID;
  }

  /** Concurrent refusals are told apart by the HTTP client, which calls this once for all of them. */
  async renew(_refusal: HttpResponse, request: OutgoingRequest): Promise<boolean> {
    this.login = undefined;
    await this.token(request.signal);
    return true;
  }

  /** The token, from a login that everybody shares. */
  async token(signal: AbortSignal): Promise<string> {
    for (;;) {
      const login = (this.login ??= this.acquire(signal));
      try {
        return await login;
      } catch (error) {
        // A refusal stays: everybody who asks later hears the same, and vROps is not asked again.
        if (error instanceof ProblemError) throw error;
        if (this.login === login) this.login = undefined;
        const others = (error as HttpError).failure === "aborted" && !signal.aborted;
        // The one who logged in for all was told to stop; this caller was not.
        if (!others) throw error;
      }
    }
  }

  private async acquire(signal: AbortSignal): Promise<string> {
    const { username, password, authSource } = this.connection;
    const response = await this.send({
      method: "POST",
      path: "/api/auth/token/acquire",
      // Left out for local users: releases spell the local source differently.
      body: { username, password, ...(authSource === undefined ? {} : { authSource }) },
      accept: [400, 401, 403],
      retry: "once",
      anonymous: true,
      signal,
    });
    const token = (response.data as { token?: unknown } | undefined)?.token;
    if (response.status >= 300 || typeof token !== "string" || token === "") {
      throw new ProblemError(loginFailed(response, this.connection));
    }
    this.redactor.add(token);
    return token;
  }
}

function apiErrorCode(response: HttpResponse): unknown {
  return (response.data as { apiErrorCode?: unknown } | undefined)?.apiErrorCode;
}
