import { ProblemError } from "../../core/problem";
import { string, type ObjectOf } from "../../terraform-plugin/schema";
import { safeBaseUrl } from "../../http/url";
import { realmOf } from "../kit/realm";
import type { Runtime } from "../kit/system";
import { missingSetting } from "./errors";

/** The provider's `uptrends` attribute. */
export const uptrendsSettings = {
  url: string("optional", {
    description: "The address of the Uptrends API. Unset: `https://api.uptrends.com/v4`.",
  }),
  username: string("optional", {
    description:
      "The user name of an API account (*Account setup, Operators, API management*), not of an operator: 32 hexadecimal digits.",
  }),
  password: string("optional", { description: "The API account's password.", sensitive: true }),
};

export type UptrendsSettings = typeof uptrendsSettings;

/** The variable that stands in for each field left out. */
export const uptrendsEnvironment = {
  url: "UPTRENDS_URL",
  username: "UPTRENDS_USERNAME",
  password: "UPTRENDS_PASSWORD",
} as const;

/** Settings complete and in the form the client uses. */
export interface UptrendsConnection {
  /** Ends in the API's version. */
  readonly baseUrl: string;
  readonly username: string;
  readonly password: string;
}

/** @throws ProblemError `uptrends/missing-setting`, naming attribute and variable */
export function connectionOf(
  settings: ObjectOf<UptrendsSettings>,
  { environment }: Pick<Runtime, "environment">,
): UptrendsConnection {
  const text = (field: keyof typeof uptrendsEnvironment) =>
    settings[field] || environment[uptrendsEnvironment[field]] || undefined;
  const missing = (["username", "password"] as const).filter((field) => text(field) === undefined);
  if (missing.length > 0) {
    throw new ProblemError(...missing.map((field) => missingSetting(field, uptrendsEnvironment[field])));
  }
  return {
    baseUrl: apiUrl(text("url")),
    username: text("username")!,
    password: text("password")!,
  };
}

export const uptrendsRealm = realmOf(uptrendsSettings, ["url"], ({ url }) => [apiUrl(url)]);

/** With the API's version, which may be left out. */
function apiUrl(text: string | null | undefined): string {
  const url = safeBaseUrl("Uptrends", text || "https://api.uptrends.com/v4");
  return /\/v\d+$/.test(url) ? url : `${url}/v4`;
}
