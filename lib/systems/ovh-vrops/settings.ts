import { ProblemError } from "../../core/problem";
import { approximately, shownNumber, type AnyNumber } from "../../terraform-plugin/numbers";
import { number, string, type Validator } from "../../terraform-plugin/schema";
import { isUnknown, UNKNOWN } from "../../terraform-plugin/values";
import { addressIn, baseOf } from "../kit/address";
import { caAttribute, caVariable } from "../kit/certificate-authority";
import { EVERYWHERE } from "../kit/realm";
import { defineSettings, type SettingsOf } from "../kit/settings";
import type { ServiceAccount } from "./oauth2";
import type { SignatureKeys } from "./signature";
import { DEFAULT_ENDPOINT, endpointOf, endpointProblem, type ApiEndpoint } from "./endpoints";
import { consumerKeyHelp } from "./access-rules";
import { badRateLimit, noServiceAccounts, noTokenUrl } from "./settings.errors";
import { OvhConf } from "./ovh-conf";
import { ovhWords } from "./words";

const anEndpoint: Validator<string> = {
  describes: "the name of an endpoint, or a base URL ending in the API's version",
  check: (text) => endpointProblem(text),
};

const aRate: Validator<AnyNumber> = {
  describes: "more than 0",
  check: (perSecond) => (approximately(perSecond) > 0 ? undefined : badRateLimit(shownNumber(perSecond))),
};

/** The provider's `ovh` attribute; its variables and its file are those of OVHcloud's own tools. */
export const ovhSettings = defineSettings({
  attributes: {
    endpoint: string("optional", {
      validators: [anEndpoint],
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
    ca_certificate: caAttribute("OVHcloud's API, or of a proxy before it"),
    api_rate_limit: number("optional", {
      validators: [aRate],
      description: "At most so many requests per second; fractions such as `0.5` are fine. Default: no limit.",
    }),
  },
  environment: {
    endpoint: "OVH_ENDPOINT",
    application_key: "OVH_APPLICATION_KEY",
    application_secret: "OVH_APPLICATION_SECRET",
    consumer_key: "OVH_CONSUMER_KEY",
    client_id: "OVH_CLIENT_ID",
    client_secret: "OVH_CLIENT_SECRET",
    access_token: "OVH_ACCESS_TOKEN",
    token_url: "OVH_TOKEN_URL",
    ca_certificate: caVariable("ovh"),
  },
  defaults: { endpoint: DEFAULT_ENDPOINT },
  // OVHcloud's own SDKs wait as long for an answer.
  httpTimeout: "180s",
  logins: {
    signature: {
      needs: ["application_key", "application_secret", "consumer_key"],
      describes: "an application with a consumer key",
    },
    "service-account": { needs: ["client_id", "client_secret"], describes: "a service account" },
    "access-token": { needs: ["access_token"], describes: "a ready-made token" },
  },
  file(known, world) {
    const told = known("endpoint");
    if (isUnknown(told)) return UNKNOWN;
    const conf = new OvhConf(world);
    const section = typeof told === "string" ? told : (conf.get("default", "endpoint")?.value ?? DEFAULT_ENDPOINT);
    return {
      name: "ovh.conf",
      place: `the section [${section}] of ovh.conf`,
      get: (field) => conf.get(field === "endpoint" ? "default" : section, field),
    };
  },
  hint(field, known) {
    const endpoint = known("endpoint");
    return field === "consumer_key" && typeof endpoint === "string" ? consumerKeyHelp(endpointOf(endpoint)) : undefined;
  },
  // The names of services are globally unique.
  realm: EVERYWHERE,
});

export type OvhSettings = SettingsOf<typeof ovhSettings>;

export type Credential =
  | ({ readonly method: "signature" } & SignatureKeys)
  | ({ readonly method: "service-account"; readonly tokenUrl: string } & ServiceAccount)
  | { readonly method: "access-token"; readonly accessToken: string };

/** The settings in the form that the client needs. */
export interface OvhConnection {
  readonly endpoint: ApiEndpoint;
  readonly credential: Credential;
  readonly maxPerSecond: number | undefined;
}

/** @throws ProblemError `ovh/no-service-accounts`, `ovh/no-token-url`, `ovh/bad-url` */
export function connectionOf(settings: OvhSettings): OvhConnection {
  const endpoint = endpointOf(settings.endpoint);
  return {
    endpoint,
    credential: credentialOf(settings, endpoint),
    maxPerSecond: settings.api_rate_limit ?? undefined,
  };
}

function credentialOf({ login, token_url }: OvhSettings, endpoint: ApiEndpoint): Credential {
  switch (login.kind) {
    case "signature": {
      const { application_key, application_secret, consumer_key } = login;
      return {
        method: login.kind,
        applicationKey: application_key,
        applicationSecret: application_secret,
        consumerKey: consumer_key,
      };
    }
    case "access-token":
      return { method: login.kind, accessToken: login.access_token };
    case "service-account": {
      const tokenUrl =
        token_url === null
          ? endpoint.tokenUrl
          : baseOf(addressIn(ovhWords, "token_url", token_url, "https://www.ovh.com/auth/oauth2/token"));
      if (tokenUrl === undefined) {
        throw new ProblemError(endpoint.createTokenUrl ? noServiceAccounts(endpoint.name) : noTokenUrl(endpoint.name));
      }
      return { method: login.kind, tokenUrl, clientId: login.client_id, clientSecret: login.client_secret };
    }
  }
}
