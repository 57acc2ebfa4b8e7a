import { withoutTrailing } from "../../core/trailing";
import type { Problem } from "../../core/problem";
import { nearestWord } from "../../validators";
import { addressProblem } from "../kit/address";
import { endpointWithoutVersion, unknownEndpoint } from "./settings.errors";
import { ovhWords } from "./words";

export interface ApiEndpoint {
  /** Its name in the configuration; also the section of ovh.conf. */
  readonly name: string;
  /** Ends with the API's version, without a slash. */
  readonly baseUrl: string;
  /** Undefined where service accounts do not exist. */
  readonly tokenUrl?: string;
  /** The page on which people create a consumer key. */
  readonly createTokenUrl?: string;
}

const named = (name: string, baseUrl: string, tokenUrl?: string): ApiEndpoint => ({
  name,
  baseUrl,
  createTokenUrl: baseUrl.replace(/1\.0$/, "createToken/"),
  ...(tokenUrl === undefined ? {} : { tokenUrl }),
});

/** The endpoint names that every OVHcloud tool understands. */
const ENDPOINTS: readonly ApiEndpoint[] = [
  named("ovh-eu", "https://eu.api.ovh.com/1.0", "https://www.ovh.com/auth/oauth2/token"),
  named("ovh-ca", "https://ca.api.ovh.com/1.0", "https://ca.ovh.com/auth/oauth2/token"),
  named("ovh-us", "https://api.us.ovhcloud.com/1.0", "https://us.ovhcloud.com/auth/oauth2/token"),
  named("kimsufi-eu", "https://eu.api.kimsufi.com/1.0"),
  named("kimsufi-ca", "https://ca.api.kimsufi.com/1.0"),
  named("soyoustart-eu", "https://eu.api.soyoustart.com/1.0"),
  named("soyoustart-ca", "https://ca.api.soyoustart.com/1.0"),
];

export const DEFAULT_ENDPOINT = "ovh-eu";

/** An endpoint by its name, or any base URL that {@link endpointProblem} accepts. */
export function endpointOf(text: string): ApiEndpoint {
  return ENDPOINTS.find(({ name }) => name === text) ?? { name: text, baseUrl: withoutSlashes(text) };
}

/** The reason why a text is not an endpoint. */
export function endpointProblem(text: string): Problem | undefined {
  const names = ENDPOINTS.map(({ name }) => name);
  if (names.includes(text)) return undefined;
  if (!text.includes("/")) return unknownEndpoint(text, names, nearestWord(text, names));
  const baseUrl = withoutSlashes(text);
  return /\/(?:1\.0|v\d+)$/.test(baseUrl)
    ? addressProblem(ovhWords, "endpoint", baseUrl, "https://eu.api.ovh.com/1.0")
    : endpointWithoutVersion(text, `${baseUrl}/1.0`);
}

const withoutSlashes = (text: string) => withoutTrailing(text, "/");
