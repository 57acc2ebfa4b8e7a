import { prose, setting } from "../../core/prose";
import type { Problem } from "../../core/problem";
import { systemError, type Facts } from "../kit/words";
import { ovhWords } from "./words";

/** The problems of unusable settings. */

const error = (code: string, facts: Facts): Problem => systemError(ovhWords, code, facts);

export const unknownEndpoint = (got: string, names: readonly string[], nearest: string | undefined) =>
  error("unknown-endpoint", {
    summary: `OVHcloud has no endpoint ${JSON.stringify(got)}`,
    path: ["ovh", "endpoint"],
    got: JSON.stringify(got),
    expected: `${names.join(", ")}, or a base URL such as https://eu.api.ovh.com/1.0`,
    fix: nearest ? `Did you mean ${JSON.stringify(nearest)}?` : "Correct `ovh.endpoint`, OVH_ENDPOINT or ovh.conf.",
  });

export const endpointWithoutVersion = (got: string, suggestion: string) =>
  error("endpoint-without-version", {
    summary: "The OVHcloud endpoint does not end in the API's version",
    path: ["ovh", "endpoint"],
    got: JSON.stringify(got),
    expected: "a base URL ending in /1.0 or /v1",
    fix: `Did you mean ${JSON.stringify(suggestion)}?`,
  });

export const noServiceAccounts = (endpoint: string) =>
  error("no-service-accounts", {
    summary: `The endpoint ${endpoint} has no service accounts`,
    path: ["ovh", "client_id"],
    got: endpoint,
    expected: "ovh-eu, ovh-ca or ovh-us",
    fix: prose`Use ${setting("ovh.application_key")}, ${setting("ovh.application_secret")} and ${setting("ovh.consumer_key")}, or correct ${setting("ovh.endpoint")}.`,
  });

export const noTokenUrl = (endpoint: string) =>
  error("no-token-url", {
    summary: "Nothing says where the service account's token comes from",
    path: ["ovh", "token_url"],
    got: `endpoint ${endpoint}`,
    expected: prose`${setting("ovh.token_url")} or OVH_TOKEN_URL, because the endpoint is not one of OVHcloud's names`,
    fix: "Set it, for example to https://www.ovh.com/auth/oauth2/token.",
  });

export const badRateLimit = (got: string) =>
  error("bad-rate-limit", {
    summary: "The rate limit leaves no request",
    path: ["ovh", "api_rate_limit"],
    got,
    expected: "requests per second, more than 0",
    fix: "Raise it, or leave it out.",
  });
