import { string } from "../../terraform-plugin/schema";
import { caAttribute, caVariable } from "../kit/certificate-authority";
import { defineSettings, type SettingsOf } from "../kit/settings";
import { addressesOf, type Addresses } from "./addresses";

/** The provider's `uipath` attribute: the address of UiPath and the login. */
export const uipathSettings = defineSettings({
  attributes: {
    url: string("optional", {
      description:
        "The address of UiPath: `https://cloud.uipath.com`, or that of your own Automation Suite or Orchestrator. May contain organization and tenant, as in the browser.",
    }),
    identity_url: string("optional", {
      description:
        "The address of the Identity service, when it does not follow from `url`: it ends in `/identity_`, or on a standalone Orchestrator in `/identity`. Unset: below the organization's address, else at the host's.",
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
    ca_certificate: caAttribute("UiPath's servers"),
  },
  environment: {
    url: "UIPATH_URL",
    identity_url: "UIPATH_IDENTITY_URL",
    organization: "UIPATH_ORGANIZATION",
    tenant: "UIPATH_TENANT",
    client_id: "UIPATH_CLIENT_ID",
    client_secret: "UIPATH_CLIENT_SECRET",
    scope: "UIPATH_SCOPE",
    username: "UIPATH_USERNAME",
    password: "UIPATH_PASSWORD",
    ca_certificate: caVariable("uipath"),
  },
  required: ["url"],
  logins: {
    application: {
      needs: ["client_id", "client_secret"],
      describes: "a confidential external application with application scopes: Admin, External applications",
    },
    account: { needs: ["username", "password"], describes: "an account of a server on premises" },
  },
  realm: {
    settings: ["url", "identity_url", "organization", "tenant"],
    place: ({ url, ...where }) => (url === null ? undefined : placeOf({ url, ...where })),
  },
});

export type UiPathSettings = typeof uipathSettings;

export type UiPathCredential =
  | { readonly kind: "application"; readonly clientId: string; readonly clientSecret: string; readonly scope?: string }
  | { readonly kind: "account"; readonly username: string; readonly password: string };

/** The settings in the form that the client needs. */
export interface UiPathConnection {
  readonly addresses: Addresses;
  readonly credential: UiPathCredential;
}

/** @throws ProblemError `uipath/bad-url`, `uipath/missing-setting` when the cloud's address lacks the organization */
export function connectionOf(settings: SettingsOf<UiPathSettings>): UiPathConnection {
  const { login, scope } = settings;
  return {
    addresses: addressesIn(settings),
    credential:
      login.kind === "account"
        ? login
        : {
            kind: login.kind,
            clientId: login.client_id,
            clientSecret: login.client_secret,
            ...(scope === null ? {} : { scope }),
          },
  };
}

interface Where {
  readonly url: string;
  readonly identity_url: string | null;
  readonly organization: string | null;
  readonly tenant: string | null;
}

const addressesIn = ({ url, identity_url, organization, tenant }: Where): Addresses =>
  addressesOf({
    url,
    identityUrl: identity_url ?? undefined,
    organization: organization ?? undefined,
    tenant: tenant ?? undefined,
  });

/** The parts of the place; some users set organization and tenant in the address, others beside it. */
function placeOf(where: Where): readonly string[] {
  const { organization, tenant } = addressesIn(where);
  return [new URL(where.url).origin, organization ?? "", tenant ?? ""];
}
