import { ProblemError } from "../../core/problem";
import { number, string, type ObjectOf } from "../../terraform-plugin/schema";
import type { Runtime } from "../kit/system";
import type { ServiceAccount } from "./oauth2";
import type { SignatureKeys } from "./signature";
import { DEFAULT_ENDPOINT, endpointOf, type Endpoint } from "./endpoints";
import {
  badRateLimit,
  halfACredential,
  noCredential,
  noServiceAccounts,
  noTokenUrl,
  severalCredentials,
  type Setting,
} from "./errors";
import { OvhConf } from "./ovh-conf";

export const settings = {
  endpoint: string("optional", {
    description:
      "`ovh-eu`, `ovh-ca`, `ovh-us` or another endpoint name, or a base URL ending in the API version. Default: `ovh-eu`.",
  }),
  application_key: string("optional", { description: "The application key, for signed requests." }),
  application_secret: string("optional", { description: "The application secret.", sensitive: true }),
  consumer_key: string("optional", { description: "The consumer key.", sensitive: true }),
  client_id: string("optional", { description: "The service account's id, for OAuth2." }),
  client_secret: string("optional", { description: "The service account's secret.", sensitive: true }),
  access_token: string("optional", { description: "A ready-made short-lived token.", sensitive: true }),
  token_url: string("optional", {
    description: "Where the service account's tokens come from; needed only with a base URL as `endpoint`.",
  }),
  api_rate_limit: number("optional", {
    description: "At most so many requests per second; fractions such as `0.5` are fine. Default: no limit.",
  }),
};

export type Settings = ObjectOf<typeof settings>;

/** The variables of OVHcloud's own tools. */
export const environment = {
  endpoint: "OVH_ENDPOINT",
  application_key: "OVH_APPLICATION_KEY",
  application_secret: "OVH_APPLICATION_SECRET",
  consumer_key: "OVH_CONSUMER_KEY",
  client_id: "OVH_CLIENT_ID",
  client_secret: "OVH_CLIENT_SECRET",
  access_token: "OVH_ACCESS_TOKEN",
  token_url: "OVH_TOKEN_URL",
} as const;

export type Credential =
  | ({ readonly method: "signature" } & SignatureKeys)
  | ({ readonly method: "service-account"; readonly tokenUrl: string } & ServiceAccount)
  | { readonly method: "access-token"; readonly accessToken: string };

export interface Connection {
  readonly endpoint: Endpoint;
  readonly credential: Credential;
  readonly maxPerSecond: number | undefined;
}

const METHODS = [
  ["application_key", "application_secret", "consumer_key"],
  ["client_id", "client_secret"],
  ["access_token"],
] as const;

/**
 * What the provider block, then the environment, then `ovh.conf` say; exactly one way to authenticate must come of
 * it. Throws a `ProblemError` that names attributes, variables and files.
 */
export function resolve(given: Settings, runtime: Runtime): Connection {
  const conf = new OvhConf(runtime);
  const direct = (key: keyof typeof environment): Setting | undefined => {
    const variable = environment[key];
    const exported = runtime.environment[variable];
    // The provider has filled in variables already: a value equal to one is told apart only to name its source.
    if (given[key]) return { key, value: given[key], source: given[key] === exported ? variable : `ovh.${key}` };
    return exported ? { key, value: exported, source: variable } : undefined;
  };
  const endpoint = endpointOf(direct("endpoint")?.value ?? conf.get("default", "endpoint")?.value ?? DEFAULT_ENDPOINT);
  const setting = (key: keyof typeof environment): Setting | undefined => {
    const found = direct(key);
    if (found !== undefined) return found;
    const written = conf.get(endpoint.name, key);
    return written && { key, value: written.value, source: written.file };
  };

  const methods = METHODS.map((keys) => keys.map((key) => setting(key)));
  const begun = methods.filter((found) => found.some((one) => one !== undefined));
  if (begun.length === 0) throw new ProblemError(noCredential(endpoint));
  if (begun.length > 1) {
    throw new ProblemError(severalCredentials(begun.flat().filter((one) => one !== undefined)));
  }
  const index = methods.indexOf(begun[0]!);
  const keys = METHODS[index]!;
  const missing = keys.filter((_, at) => begun[0]![at] === undefined);
  if (missing.length > 0) {
    const present = begun[0]!.filter((one) => one !== undefined);
    throw new ProblemError(halfACredential(present, missing, environment, endpoint));
  }
  const [first, second, third] = begun[0]!.map((one) => one!.value);
  for (const { key, value } of begun[0]!.map((one) => one!)) {
    // Ids are no secrets, yet a leaked log should not say which application it was.
    if (key !== "client_id") runtime.redactor.add(value);
  }
  return { endpoint, credential: credential(), maxPerSecond: rateLimit(given.api_rate_limit) };

  function credential(): Credential {
    if (index === 0) {
      return { method: "signature", applicationKey: first!, applicationSecret: second!, consumerKey: third! };
    }
    if (index === 2) return { method: "access-token", accessToken: first! };
    const tokenUrl = setting("token_url")?.value ?? endpoint.tokenUrl;
    if (tokenUrl === undefined) {
      throw new ProblemError(endpoint.createTokenUrl ? noServiceAccounts(endpoint.name) : noTokenUrl(endpoint.name));
    }
    return { method: "service-account", tokenUrl, clientId: first!, clientSecret: second! };
  }
}

function rateLimit(perSecond: number | null): number | undefined {
  if (perSecond === null) return undefined;
  if (!(perSecond > 0)) throw new ProblemError(badRateLimit(perSecond));
  return perSecond;
}
