import { string } from "../../terraform-plugin/schema";
import { addressIn, baseOf } from "../kit/address";
import { caAttribute, caVariable } from "../kit/certificate-authority";
import { defineSettings, type SettingsOf } from "../kit/settings";
import { uptrendsWords } from "./words";

/** The provider's `uptrends` attribute. */
export const uptrendsSettings = defineSettings({
  attributes: {
    url: string("optional", {
      description: "The address of the Uptrends API. Unset: `https://api.uptrends.com/v4`.",
    }),
    username: string("optional", {
      description:
        "The user name of an API account (*Account setup, Operators, API management*), not of an operator: 32 hexadecimal digits.",
    }),
    password: string("optional", { description: "The API account's password.", sensitive: true }),
    ca_certificate: caAttribute("Uptrends, or of a proxy before it"),
  },
  environment: {
    url: "UPTRENDS_URL",
    username: "UPTRENDS_USERNAME",
    password: "UPTRENDS_PASSWORD",
    ca_certificate: caVariable("uptrends"),
  },
  required: ["username", "password"],
  defaults: { url: "https://api.uptrends.com/v4" },
  hint: (field) =>
    field === "username" ? "API accounts are made under Account setup, Operators, API management." : undefined,
  realm: { settings: ["url"], place: ({ url }) => (url === null ? undefined : [apiUrl(url)]) },
});

export type UptrendsSettings = typeof uptrendsSettings;

/** The settings in the form that the client needs. */
export interface UptrendsConnection {
  /** Ends in the API's version. */
  readonly baseUrl: string;
  readonly username: string;
  readonly password: string;
}

/** @throws ProblemError `uptrends/bad-url` */
export const connectionOf = ({ url, username, password }: SettingsOf<UptrendsSettings>): UptrendsConnection => ({
  baseUrl: apiUrl(url),
  username,
  password,
});

/** The URL with the API's version, which may be omitted. */
function apiUrl(text: string): string {
  const url = baseOf(addressIn(uptrendsWords, "url", text, "https://api.uptrends.com/v4"));
  return /\/v\d+$/.test(url) ? url : `${url}/v4`;
}
