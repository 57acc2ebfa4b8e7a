import type { Clock } from "../../core/clock";
import { ProblemError } from "../../core/problem";
import type { Redactor } from "../../core/redaction";
import { excerpt } from "../../http/body";
import type { Authenticator, HttpRequest, HttpResponse } from "../../http/types";
import { token, tokenRefusal } from "./contract";
import { serviceAccountRefused } from "./errors";

export interface ServiceAccount {
  readonly clientId: string;
  readonly clientSecret: string;
}

/** Asked for anew so long before it expires, or after nine tenths of a shorter life. */
const LEEWAY_MS = 10_000;
const DEFAULT_LIFE_SECONDS = 3_600;

/**
 * A service account's token (OAuth2 client credentials), fetched when first needed and again when it
 * expires or is refused.
 * @see https://github.com/ovh/docs (pages/account_and_service_management/account_information/authenticate-api-with-service-account)
 */
export class OAuth2Authenticator implements Authenticator {
  private current: { readonly text: Promise<string>; until: number } | undefined;

  /** @param post sends to the token URL */
  constructor(
    private readonly account: ServiceAccount,
    private readonly clock: Clock,
    private readonly redactor: Redactor,
    private readonly post: (request: Pick<HttpRequest, "form" | "accept" | "retry">) => Promise<HttpResponse>,
  ) {}

  async authorize(): Promise<Record<string, string>> {
    if (this.current === undefined || this.clock.now() >= this.current.until) this.current = this.fetch();
    return { Authorization: `Bearer ${await this.current.text}` };
  }

  refuses(response: HttpResponse): boolean {
    return response.status === 401;
  }

  async renew(): Promise<boolean> {
    this.current = this.fetch();
    await this.current.text;
    return true;
  }

  private fetch() {
    const fetched = { text: this.request((life) => (fetched.until = this.clock.now() + life)), until: Infinity };
    fetched.text.catch(() => {
      if (this.current === fetched) this.current = undefined;
    });
    return fetched;
  }

  private async request(live: (milliseconds: number) => void): Promise<string> {
    const response = await this.post({
      form: {
        grant_type: "client_credentials",
        client_id: this.account.clientId,
        client_secret: this.account.clientSecret,
        scope: "all",
      },
      // Which status a refusal has is not documented, and SDKs disagree: the body tells.
      accept: [400, 401, 403],
      // A second token does no harm.
      retry: "safe",
    });
    const granted = token.safeParse(response.data).data;
    if (granted === undefined) {
      const refused = tokenRefusal.safeParse(response.data).data;
      const words = refused ? `${refused.error} ${refused.error_description ?? ""}` : excerpt(response.text);
      throw new ProblemError(serviceAccountRefused(`${response.status} ${words}`.trim(), response.requestId));
    }
    this.redactor.add(granted.access_token);
    const life = (granted.expires_in ?? DEFAULT_LIFE_SECONDS) * 1000;
    live(Math.max(life - LEEWAY_MS, life * 0.9));
    return granted.access_token;
  }
}
