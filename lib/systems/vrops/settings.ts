import { isLoopback } from "../../http/url";
import { string, type ObjectOf } from "../../terraform-plugin/schema";
import { ProblemError } from "../../core/problem";
import { realmOf } from "../kit/realm";
import type { Runtime } from "../kit/system";
import { badUrl, missingSetting, unreadableCa } from "./errors";

/** The provider's `vrops` attribute: where vROps is and who we are there. */
export const vropsSettings = {
  url: string("optional", {
    description: "The address of vROps, such as `https://vrops.example.com`, with or without `/suite-api`.",
  }),
  username: string("optional", {
    description:
      "A service account of vROps itself: users of a directory or of single sign-on cannot log in by password.",
  }),
  password: string("optional", { description: "The account's password.", sensitive: true }),
  auth_source: string("optional", {
    description: "The name of the authentication source the account belongs to. Unset: local accounts.",
  }),
  ca_certificate: string("optional", {
    description:
      "The authority that signed the certificate of vROps, as PEM text or as the path of a PEM file. Unset: the well-known authorities.",
  }),
};

export type VropsSettings = typeof vropsSettings;

/** The variable that stands in for each field left out. */
export const vropsEnvironment = {
  url: "VROPS_URL",
  username: "VROPS_USERNAME",
  password: "VROPS_PASSWORD",
  auth_source: "VROPS_AUTH_SOURCE",
  ca_certificate: "VROPS_CA_CERTIFICATE",
} as const;

/** Settings complete and in the form the client uses. */
export interface VropsConnection {
  /** Ends in `/suite-api`. */
  readonly baseUrl: string;
  readonly username: string;
  readonly password: string;
  readonly authSource?: string;
  /** PEM text. */
  readonly ca?: string;
}

/**
 * Completes the settings from the environment.
 *
 * @throws ProblemError `vrops/missing-setting`, naming attribute and variable; `vrops/bad-url`; `vrops/unreadable-ca`
 */
export function connectionOf(
  settings: ObjectOf<VropsSettings>,
  runtime: Pick<Runtime, "environment" | "readFile">,
): VropsConnection {
  const optional = (field: keyof typeof vropsEnvironment) =>
    settings[field] || runtime.environment[vropsEnvironment[field]] || undefined;
  const missing = (["url", "username", "password"] as const).filter((field) => optional(field) === undefined);
  if (missing.length > 0) {
    throw new ProblemError(...missing.map((field) => missingSetting(field, vropsEnvironment[field])));
  }
  const authSource = optional("auth_source");
  const ca = optional("ca_certificate");
  return {
    baseUrl: suiteApi(optional("url")!),
    username: optional("username")!,
    password: optional("password")!,
    ...(authSource === undefined ? {} : { authSource }),
    ...(ca === undefined ? {} : { ca: pem(ca, runtime.readFile) }),
  };
}

export const vropsRealm = realmOf(vropsSettings, ["url"], ({ url }) => (url ? [suiteApi(url)] : undefined));

/** `https://host`, `https://host/suite-api`, `https://host/ui/index.action`: all mean the same API. */
function suiteApi(text: string): string {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    throw new ProblemError(badUrl(text));
  }
  // A bare "host:443" parses, with the host as its scheme.
  if (url.protocol !== "https:" && url.protocol !== "http:") throw new ProblemError(badUrl(text));
  if (url.protocol === "http:" && !isLoopback(url.hostname)) throw new ProblemError(badUrl(text));
  const before = url.pathname.replace(/\/(?:suite-api|ui|vcf-operations)(?:\/.*)?$/, "").replace(/\/+$/, "");
  return `${url.origin}${before}/suite-api`;
}

function pem(textOrPath: string, readFile: Runtime["readFile"]): string {
  if (textOrPath.includes("-----BEGIN")) return textOrPath;
  const text = readFile(textOrPath);
  if (text === undefined || !text.includes("-----BEGIN")) throw new ProblemError(unreadableCa(textOrPath, text));
  return text;
}
