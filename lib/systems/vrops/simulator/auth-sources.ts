import { createHash } from "node:crypto";
import type { VropsSimulatorOptions } from "./options";

/** The source types, as `GET /api/auth/sourcetypes` of 9.0 lists them. Local accounts are not a source. */
export const SOURCE_TYPES = [
  "ACTIVE_DIRECTORY",
  "OPEN_LDAP",
  "VC",
  "VC_GROUP",
  "VIDM",
  "SSO_SAML",
  "VIDB",
  "CSP",
] as const;
export type SourceType = (typeof SOURCE_TYPES)[number];

export interface SimulatedAuthSource {
  readonly name: string;
  readonly type: SourceType;
}

/** The result of a log-in by user name and password. */
export type PasswordLogin = "accepted" | "wrong" | "not by password";

type Account = Pick<VropsSimulatorOptions, "authSources" | "userSource" | "username" | "password">;
interface PresentedLogin {
  readonly username: string;
  readonly password: string;
  readonly authSource?: string | null | undefined;
}

const LOCAL = /^local$/i;
/** Sources whose users sign in elsewhere, whatever the password is. */
const ELSEWHERE: readonly SourceType[] = ["SSO_SAML", "VIDB", "CSP"];

/**
 * Judges a log-in according to field reports: vCenter and LDAP take name and password with `authSource`; Active Directory
 * does not accept the form user@domain; vIDM takes name and password only as user@domain@source, without `authSource`.
 *
 * @see https://knowledge.broadcom.com/external/article/389225
 */
export function passwordLogin(given: PresentedLogin, account: Account): PasswordLogin {
  const { authSources, userSource } = account;
  if (given.authSource && !LOCAL.test(given.authSource)) {
    const source = authSources.find(({ name }) => name === given.authSource);
    if (source === undefined) return "wrong";
    if (ELSEWHERE.includes(source.type) || source.type === "VIDM") return "not by password";
    if (source.type === "ACTIVE_DIRECTORY" && given.username.includes("@")) return "not by password";
    return matches(given, account, source.name);
  }
  const vidm = authSources.find(({ name, type }) => type === "VIDM" && given.username.endsWith(`@${name}`));
  if (vidm === undefined) {
    const isOfVidm = authSources.some(({ name, type }) => type === "VIDM" && name === userSource);
    return isOfVidm && given.username === account.username ? "not by password" : matches(given, account, undefined);
  }
  const username = given.username.slice(0, -vidm.name.length - 1);
  return matches({ ...given, username }, account, vidm.name);
}

/** The provider's variables for the account of this vROps. */
export function loginOf({ authSources, userSource, username, password }: Account): Record<string, string> {
  const type = authSources.find(({ name }) => name === userSource)?.type;
  if (userSource === undefined) return { VROPS_USERNAME: username, VROPS_PASSWORD: password };
  if (type === "VIDM") return { VROPS_USERNAME: `${username}@${userSource}`, VROPS_PASSWORD: password };
  return { VROPS_USERNAME: username, VROPS_PASSWORD: password, VROPS_AUTH_SOURCE: userSource };
}

function matches({ username, password }: PresentedLogin, account: Account, source: string | undefined): PasswordLogin {
  const isOurs = username === account.username && password === account.password && source === account.userSource;
  return isOurs ? "accepted" : "wrong";
}

/** The answer to `GET /api/auth/sources`, which contains more of each source after a login. */
export function sourcesAnswer(sources: readonly SimulatedAuthSource[], isLoggedIn: boolean) {
  return {
    sources: sources.map(({ name, type }) => ({
      id: uuidFor(name),
      name,
      sourceType: { id: type, name: type },
      ...(isLoggedIn ? { created: 0, lastModified: 0, property: [], certificates: [] } : {}),
    })),
  };
}

/** A stable UUID for a name: initial objects have no creation that could draw one. */
export function uuidFor(name: string): string {
  const digest = createHash("sha256").update(name).digest("hex");
  return digest.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, "$1-$2-4$3-8$4-$5");
}
