import type { Clock } from "../../../core/clock";
import { BearerTokens } from "../../kit/simulator/bearer-tokens";
import { checked } from "../../kit/simulator/checked";
import { tokenRequest } from "../contract";
import { passwordLogin } from "./auth-sources";
import type { VropsSimulatorOptions } from "./options";
import { traits } from "./options";
import { badCredentials, badToken, invalidLogin, notAuthorizedPage } from "./refusal";

/** The log-in tokens: random and sliding. */
export class Tokens {
  private readonly issued: BearerTokens<"user">;
  logins = 0;
  refusedLogins = 0;

  constructor(
    private readonly options: VropsSimulatorOptions,
    private readonly clock: Clock,
    private readonly newId: () => string,
  ) {
    this.issued = new BearerTokens(clock);
  }

  acquire(body: unknown) {
    const given = checked(tokenRequest, body, invalidLogin);
    this.logins++;
    const login = passwordLogin(given, this.options);
    if (login === "not by password") throw this.refused(notAuthorizedPage());
    if (login === "wrong") throw this.refused(badCredentials());
    const token = `${this.newId()}::${this.newId()}`;
    this.issued.issue(token, "user", this.life);
    const now = this.clock.now();
    const validity = now + this.life;
    return { token, validity, expiresAt: new Date(validity).toUTCString(), roles: [] };
  }

  /** Throws the refusal of an invalid Authorization header; otherwise extends the life of the token. */
  check(authorization: string | undefined): void {
    const [scheme = "", token = ""] = (authorization ?? "").split(" ");
    const known =
      scheme === "vRealizeOpsToken" || (scheme === "OpsToken" && traits(this.options.version).acceptsOpsToken);
    if (!known) throw notAuthorizedPage();
    if (this.issued.bearerOf(token) === undefined) throw badToken(scheme);
    this.issued.renew(token, this.life);
  }

  release(authorization: string | undefined): void {
    this.issued.revoke((authorization ?? "").split(" ")[1] ?? "");
  }

  expireAll(): number {
    return this.issued.revokeAll();
  }

  get alive(): number {
    return this.issued.alive;
  }

  private get life(): number {
    return this.options.tokenMinutes * 60_000;
  }

  private refused<T>(refusal: T): T {
    this.refusedLogins++;
    return refusal;
  }
}
