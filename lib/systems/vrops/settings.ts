import { withoutTrailing } from "../../core/trailing";
import { string } from "../../terraform-plugin/schema";
import { addressIn } from "../kit/address";
import { caAttribute, caVariable } from "../kit/certificate-authority";
import { defineSettings, type SettingsOf } from "../kit/settings";
import { vropsWords } from "./words";

/** The provider's `vrops` attribute: the address of vROps and the login. */
export const vropsSettings = defineSettings({
  attributes: {
    url: string("optional", {
      description: "The address of vROps, such as `https://vrops.example.com`, with or without `/suite-api`.",
    }),
    username: string("optional", {
      description:
        "The account. Local ones work everywhere. Users of LDAP, Active Directory (as `DOMAIN\\user`) and vCenter need `auth_source`; users of vIDM are `user@domain@source` in one piece, without it. Users of VCF SSO and of SAML cannot log in by password. At OVHcloud: the local user, or a vSphere user with its source.",
    }),
    password: string("optional", { description: "The account's password.", sensitive: true }),
    auth_source: string("optional", {
      description:
        "The name of the authentication source the account belongs to, as vROps shows it (*Authentication Sources*). Unset: local accounts and users of vIDM.",
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

/** The settings in the form that the client needs. */
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

/** The URL of the API, from `https://host`, `https://host/suite-api` or `https://host/ui/index.action`. */
function suiteApi(text: string): string {
  const { origin, pathname } = addressIn(vropsWords, "url", text, "https://vrops.example.com");
  const before = withoutTrailing(pathname.replace(/\/(?:suite-api|ui|vcf-operations)(?:\/.*)?$/, ""), "/");
  return `${origin}${before}/suite-api`;
}
