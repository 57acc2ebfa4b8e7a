import { ProblemError } from "../../core/problem";
import { string, type ObjectOf } from "../../terraform-plugin/schema";
import { realmOf } from "../kit/realm";
import type { Runtime } from "../kit/system";
import { addressesOf, type Addresses } from "./addresses";
import { missingSetting, noCredential, severalCredentials } from "./errors";

/** The provider's `uipath` attribute: where UiPath is and who we are there. */
export const uipathSettings = {
  url: string("optional", {
    description:
      "The address of UiPath: `https://cloud.uipath.com`, or that of your own Automation Suite or Orchestrator. May contain organization and tenant, as in the browser.",
  }),
  identity_url: string("optional", {
    description:
      "The address of the Identity service, when it does not follow from `url`: it ends in `/identity_`, or on a standalone Orchestrator in `/identity`.",
  }),
  organization: string("optional", {
    description:
      "The organization, as it stands in addresses. For UiPath cloud and Automation Suite; unset on a standalone Orchestrator.",
  }),
  tenant: string("optional", {
    description:
      "The tenant, by name. On a standalone Orchestrator `Default` when unset; `Host` for the host administrator.",
  }),
  client_id: string("optional", {
    description: "The id of a confidential external application with application scopes.",
  }),
  client_secret: string("optional", { description: "Its secret.", sensitive: true }),
  scope: string("optional", {
    description:
      "The scopes to ask for, separated by spaces. Unset: exactly those each call needs (`OR.Settings`, `OR.Users.Read`, `OR.Webhooks`, `PM.Setting`).",
  }),
  username: string("optional", {
    description:
      "An account for the login of servers on premises, instead of `client_id`; for the host's settings the only way.",
  }),
  password: string("optional", { description: "The account's password.", sensitive: true }),
};

export type UiPathSettings = typeof uipathSettings;

/** The variable that stands in for each field left out. */
export const uipathEnvironment = {
  url: "UIPATH_URL",
  identity_url: "UIPATH_IDENTITY_URL",
  organization: "UIPATH_ORGANIZATION",
  tenant: "UIPATH_TENANT",
  client_id: "UIPATH_CLIENT_ID",
  client_secret: "UIPATH_CLIENT_SECRET",
  scope: "UIPATH_SCOPE",
  username: "UIPATH_USERNAME",
  password: "UIPATH_PASSWORD",
} as const;

export type Credential =
  | { readonly kind: "application"; readonly clientId: string; readonly clientSecret: string; readonly scope?: string }
  | { readonly kind: "account"; readonly username: string; readonly password: string };

export interface UiPathConnection {
  readonly addresses: Addresses;
  readonly credential: Credential;
}

const WHY = {
  url: "it is where UiPath is",
  client_id: "a secret alone says nothing about whose it is",
  client_secret: "an application logs in with both",
  username: "a password alone says nothing about whose it is",
  password: "an account logs in with both",
} as const;

/**
 * Completes the settings from the environment.
 *
 * @throws ProblemError `uipath/missing-setting`, `uipath/no-credential`, `uipath/several-credentials`, `uipath/bad-url`
 */
export function connectionOf(
  given: ObjectOf<UiPathSettings>,
  { environment }: Pick<Runtime, "environment">,
): UiPathConnection {
  const value = (field: keyof UiPathSettings) => given[field] || environment[uipathEnvironment[field]] || undefined;
  const need = (field: keyof typeof WHY): string => {
    const found = value(field);
    if (found === undefined) throw new ProblemError(missingSetting(field, uipathEnvironment[field], WHY[field]));
    return found;
  };
  const addresses = addressesOf({
    url: need("url"),
    identityUrl: value("identity_url"),
    organization: value("organization"),
    tenant: value("tenant"),
  });
  const application = value("client_id") !== undefined || value("client_secret") !== undefined;
  const account = value("username") !== undefined || value("password") !== undefined;
  if (application && account) throw new ProblemError(severalCredentials());
  if (!application && !account) throw new ProblemError(noCredential());
  if (account)
    return { addresses, credential: { kind: "account", username: need("username"), password: need("password") } };
  const scope = value("scope");
  return {
    addresses,
    credential: {
      kind: "application",
      clientId: need("client_id"),
      clientSecret: need("client_secret"),
      ...(scope === undefined ? {} : { scope }),
    },
  };
}

export const uipathRealm = realmOf(
  uipathSettings,
  ["url", "identity_url", "organization", "tenant"],
  ({ url, identity_url, organization, tenant }) => {
    if (!url) return undefined;
    const addresses = addressesOf({
      url,
      identityUrl: identity_url || undefined,
      organization: organization || undefined,
      tenant: tenant || undefined,
    });
    // Some tell organization and tenant in the address, others beside it.
    return [new URL(url).origin, addresses.organization ?? "", addresses.tenant ?? ""];
  },
);
