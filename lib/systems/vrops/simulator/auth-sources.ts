import { createHash } from "node:crypto";
import type { VropsSimulatorOptions } from "./options";

/** As `GET /api/auth/sourcetypes` of 9.0 lists them. Local accounts are no source. */
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

/** What a log-in by user name and password comes to. */
export type PasswordLogin = "accepted" | "wrong" | "not by password";

type Account = Pick<VropsSimulatorOptions, "authSources" | "userSource" | "username" | "password">;
interface Given {
  readonly username: string;
  readonly password: string;
  readonly authSource?: string | null | undefined;
}

const LOCAL = /^local$/i;
/** Their users sign in elsewhere, whatever the password is. */
const ELSEWHERE: readonly SourceType[] = ["SSO_SAML", "VIDB", "CSP"];

/**
 * Judges a log-in as field reports tell it: vCenter and LDAP take name and password with `authSource`; Active Directory does
 * not take the form user@domain; vIDM takes name and password only as user@domain@source, with no `authSource` beside it.
 *
 * @see https://knowledge.broadcom.com/external/article/389225
 */
export function passwordLogin(given: Given, account: Account): PasswordLogin {
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

/** How the account of this vROps logs in, in the provider's variables. */
export function loginOf({ authSources, userSource, username, password }: Account): Record<string, string> {
  const type = authSources.find(({ name }) => name === userSource)?.type;
  if (userSource === undefined) return { VROPS_USERNAME: username, VROPS_PASSWORD: password };
  if (type === "VIDM") return { VROPS_USERNAME: `${username}@${userSource}`, VROPS_PASSWORD: password };
  return { VROPS_USERNAME: username, VROPS_PASSWORD: password, VROPS_AUTH_SOURCE: userSource };
}

function matches({ username, password }: Given, account: Account, source: string | undefined): PasswordLogin {
  const isOurs = username === account.username && password === account.password && source === account.userSource;
  return isOurs ? "accepted" : "wrong";
}

/** The answer to `GET /api/auth/sources`; more of each source is shown to those who have logged in. */
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

/** The same for the same name: what was always there has not been made by anybody. */
export function uuidFor(name: string): string {
  const digest = createHash("sha256").update(name).digest("hex");
  return digest.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, "$1-$2-4$3-8$4-$5");
}
