import { prose, setting, type Prose } from "../../core/prose";
import { someOf } from "../../core/some-of";
import type { HttpResponse } from "../../http/types";
import { nearestWord } from "../../validators/did-you-mean";
import { loginRefused } from "../kit/problems";
import { vendorText } from "../kit/vendor-text";
import { quoted, systemError, type Facts } from "../kit/words";
import type { AuthSource } from "./auth-sources";
import { vropsWords } from "./words";

/** The refused account. */
export interface Account {
  readonly username: string;
  readonly authSource?: string;
}

/** Sources whose users sign in elsewhere: vROps accepts their tokens and knows no password. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  VIDB: "the VCF SSO broker",
  SSO_SAML: "single sign-on by SAML",
  CSP: "VMware Cloud Services",
};

const LOCAL_ACCOUNT = prose`make a local service account in vROps (Administration, Access Control), use its name and password, and leave ${setting("vrops.auth_source")} out`;

const error = (code: string, facts: Facts) => systemError(vropsWords, code, facts);

/**
 * Explains a refused log-in.
 *
 * @param sources the sources of users that vROps lists; undefined when it lists none
 */
export function loginFailed(response: HttpResponse, who: Account, sources: readonly AuthSource[] | undefined) {
  const evidence = vendorText(response);
  const got = `${who.username}${who.authSource ? ` (source ${who.authSource})` : " (local account)"}`;
  if (response.status !== 401) {
    return error("login-failed", {
      summary: "vROps did not give a token",
      path: ["vrops", "url"],
      got,
      fix: "Check that vrops.url leads to vROps itself (its /suite-api), and that the account may use the API.",
      evidence,
    });
  }
  const unknown = unknownSource(who, sources);
  if (unknown !== undefined) return { ...unknown, got, evidence };
  const hint = formOf(who, sources);
  const known = sources === undefined ? {} : { expected: sourcesText(sources) };
  // A page instead of JSON means that vROps has not even checked the password.
  if (!response.headers["content-type"]?.includes("json")) {
    return error("login-not-by-password", {
      summary: "vROps does not let this user log in with a password in this form",
      path: ["vrops", "username"],
      got,
      ...known,
      fix:
        hint ??
        prose`Users of VCF SSO and SAML cannot; those of vIDM and some of Active Directory only in the right form of the user name. If nothing else is to be had, ${LOCAL_ACCOUNT}.`,
      evidence,
    });
  }
  const refused = loginRefused(vropsWords, "log in", evidence);
  if (hint === undefined) return { ...refused, got, ...known };
  return error("login-refused", {
    summary: refused.summary,
    path: refused.path ?? [],
    got,
    ...known,
    fix: prose`${vropsWords.login.fix} ${hint}`,
    evidence,
  });
}

function unknownSource({ authSource }: Account, sources: readonly AuthSource[] | undefined) {
  if (!authSource || /^local$/i.test(authSource) || sources === undefined) return undefined;
  const names = sources.map(({ name }) => name);
  if (names.includes(authSource)) return undefined;
  const near = nearestWord(authSource, names);
  return error("unknown-auth-source", {
    summary: `vROps has no authentication source ${quoted(authSource)}`,
    path: ["vrops", "auth_source"],
    expected: sourcesText(sources),
    fix:
      near === undefined
        ? prose`Set ${setting("vrops.auth_source")} to the name of a source as vROps shows it (Administration, Authentication Sources), or leave it out for a local account.`
        : `Did you mean ${quoted(near)}?`,
  });
}

/** The form of the user name that the user's likely source requires. */
function formOf({ username, authSource }: Account, sources: readonly AuthSource[] = []): Prose | undefined {
  const source = sources.find(({ name }) => name === authSource);
  const elsewhere = ELSEWHERE[source?.type ?? ""];
  if (elsewhere !== undefined) {
    return prose`Users of ${quoted(source!.name)} sign in by ${elsewhere}, and vROps takes no password of theirs: ${LOCAL_ACCOUNT}.`;
  }
  if (source?.type === "VIDM") return vidmForm(username, source.name);
  if (source?.type === "ACTIVE_DIRECTORY" && username.includes("@")) {
    return prose`Some releases do not try the password of a directory user in the form user@domain: set ${setting("vrops.username")} to DOMAIN\\user. If that is refused as well, ${LOCAL_ACCOUNT}.`;
  }
  const vidm = sources.find(({ type }) => type === "VIDM");
  if (authSource || vidm === undefined || sources.some(({ name }) => username.endsWith(`@${name}`))) return undefined;
  return username.includes("@") ? vidmForm(username, vidm.name) : undefined;
}

function vidmForm(username: string, source: string): Prose {
  const bare = username.endsWith(`@${source}`) ? username.slice(0, -source.length - 1) : username;
  const whole = `${bare.includes("@") ? bare : `${bare}@DOMAIN`}@${source}`;
  return prose`A user of vIDM (Workspace ONE Access) logs in as user@domain@source in one piece: ${setting("vrops.username")} = ${quoted(whole)}, without ${setting("vrops.auth_source")}. Not every release takes it: else ${LOCAL_ACCOUNT}.`;
}

const sourcesText = (sources: readonly AuthSource[]): string =>
  sources.length === 0
    ? "a local account: vROps has no other source of users"
    : `a local account, or a user of ${someOf(sources.map(({ name, type }) => `${quoted(name)}${type === undefined ? "" : ` (${type})`}`))}`;
