import { createHash } from "node:crypto";
import type { Clock } from "../../../core/clock";
import { tokenRequest } from "../contract";
import type { VropsSimulatorOptions } from "./options";
import { traits } from "./options";
import { badCredentials, badToken, invalidBody, notAuthorizedPage } from "./refusal";

const LOCAL = /^local$/i;
/** Sources whose users sign in elsewhere: by password they get the page, whatever the password is. */
const WITHOUT_PASSWORD_LOGIN = /^(vidb|vcf sso|saml)$/i;

/** Log-in tokens: random, sliding, and kept as digests so that the state page cannot leak one. */
export class Tokens {
  private readonly expiries = new Map<string, number>();
  logins = 0;
  refusedLogins = 0;

  constructor(
    private readonly options: VropsSimulatorOptions,
    private readonly clock: Clock,
    private readonly newId: () => string,
  ) {}

  acquire(body: unknown) {
    const request = tokenRequest.safeParse(body);
    if (!request.success) throw invalidBody(400, request.error);
    const { username, password, authSource } = request.data;
    this.logins++;
    if (authSource && WITHOUT_PASSWORD_LOGIN.test(authSource)) throw this.refused(notAuthorizedPage());
    const known = !authSource || LOCAL.test(authSource);
    if (!known || username !== this.options.username || password !== this.options.password) {
      throw this.refused(badCredentials());
    }
    const token = `${this.newId()}::${this.newId()}`;
    const validity = this.clock.now() + this.options.tokenMinutes * 60_000;
    this.expiries.set(digest(token), validity);
    return { token, validity, expiresAt: new Date(validity).toUTCString(), roles: [] };
  }

  /** Throws the refusal that the Authorization header deserves; otherwise the token lives on. */
  check(authorization: string | undefined): void {
    const [scheme = "", token = ""] = (authorization ?? "").split(" ");
    const known =
      scheme === "vRealizeOpsToken" || (scheme === "OpsToken" && traits(this.options.version).acceptsOpsToken);
    if (!known) throw notAuthorizedPage();
    const key = digest(token);
    const expiry = this.expiries.get(key);
    if (expiry === undefined || expiry <= this.clock.now()) throw badToken(scheme);
    this.expiries.set(key, this.clock.now() + this.options.tokenMinutes * 60_000);
  }

  release(authorization: string | undefined): void {
    this.expiries.delete(digest((authorization ?? "").split(" ")[1] ?? ""));
  }

  expireAll(): number {
    const count = this.expiries.size;
    this.expiries.clear();
    return count;
  }

  get alive(): number {
    return [...this.expiries.values()].filter((expiry) => expiry > this.clock.now()).length;
  }

  private refused<T>(refusal: T): T {
    this.refusedLogins++;
    return refusal;
  }
}

/**
 * Version 4 UUIDs from the world's own randomness, so that a seeded sandbox repeats itself. The last
 * group counts: unique even when the randomness is constant, as tests like it.
 */
export function uuids(random: () => number): () => string {
  let count = 0;
  return () => {
    const head = "xxxxxxxx-xxxx-4xxx-yxxx-".replace(/[xy]/g, (place) => {
      const digit = Math.floor(random() * 16);
      return (place === "x" ? digit : (digit & 3) | 8).toString(16);
    });
    return head + (++count).toString(16).padStart(12, "0");
  };
}

const digest = (token: string) => createHash("sha256").update(token).digest("hex");
