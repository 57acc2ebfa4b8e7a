import { withoutTrailing } from "../../core/trailing";
import { string } from "../../terraform-plugin/schema";
import { addressIn } from "../kit/address";
import { caAttribute, caVariable } from "../kit/certificate-authority";
import { defineSettings, type SettingsOf } from "../kit/settings";
import { vropsWords } from "./words";

/** The provider's `vrops` attribute: where vROps is and who we are there. */
export const vropsSettings = defineSettings({
  attributes: {
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
    ca_certificate: caAttribute("vROps"),
  },
  environment: {
    url: "VROPS_URL",
    username: "VROPS_USERNAME",
    password: "VROPS_PASSWORD",
    auth_source: "VROPS_AUTH_SOURCE",
    ca_certificate: caVariable("vrops"),
  },
  required: ["url", "username", "password"],
  realm: { settings: ["url"], place: ({ url }) => (url === null ? undefined : [suiteApi(url)]) },
});

export type VropsSettings = typeof vropsSettings;

/** Settings in the form the client uses. */
export interface VropsConnection {
  /** Ends in `/suite-api`. */
  readonly baseUrl: string;
  readonly username: string;
  readonly password: string;
  readonly authSource?: string;
}

/** @throws ProblemError `vrops/bad-url` */
export function connectionOf({ url, username, password, auth_source }: SettingsOf<VropsSettings>): VropsConnection {
  return {
    baseUrl: suiteApi(url),
    username,
    password,
    ...(auth_source === null ? {} : { authSource: auth_source }),
  };
}

/** `https://host`, `https://host/suite-api`, `https://host/ui/index.action`: all mean the same API. */
function suiteApi(text: string): string {
  const { origin, pathname } = addressIn(vropsWords, "url", text, "https://vrops.example.com");
  const before = withoutTrailing(pathname.replace(/\/(?:suite-api|ui|vcf-operations)(?:\/.*)?$/, ""), "/");
  return `${origin}${before}/suite-api`;
}
