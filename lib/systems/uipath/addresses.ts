import { ProblemError } from "../../core/problem";
import { addressIn } from "../kit/address";
import { missingSettings } from "../kit/problems";
import { uipathWords } from "./words";

/** The addresses of the parts of a UiPath. */
export interface Addresses {
  /** Undefined while no tenant is known: the settings of an organization or of the host need none. */
  readonly orchestrator: string | undefined;
  readonly identity: string;
  /** Other possible addresses, when the user has not set it; the likeliest first. */
  readonly identityElsewhere: readonly string[];
  readonly token: string;
  /** The older login by user name; only servers on premises have it. */
  readonly login: string;
  /** The tenant of the older login. */
  readonly tenant: string | undefined;
  /** Sent as `X-UIPATH-TenantName` where addresses do not contain the tenant. */
  readonly tenantHeader: string | undefined;
  /** The organization in addresses: a name, sometimes an id. */
  readonly organization: string | undefined;
  /** Whether it is UiPath's own cloud. */
  readonly isCloud: boolean;
}

export interface Where {
  readonly url: string;
  readonly identityUrl: string | undefined;
  readonly organization: string | undefined;
  readonly tenant: string | undefined;
}

/** Parts of addresses that are not an organization, tenant or directory. */
const SERVICE = /^(?:orchestrator_|identity_|portal_|identity|odata|swagger)$/i;

/**
 * The addresses in the three editions. Cloud and Automation Suite have organization and tenant in them, a standalone
 * Orchestrator has neither and names the tenant in a header.
 *
 * @see https://docs.uipath.com/orchestrator/standalone/2025.10/api-guide/get-settings
 */
export function addressesOf({ url, identityUrl, ...given }: Where): Addresses {
  const { origin, segments } = parse("url", url);
  const identity = identityUrl === undefined ? undefined : parse("identity_url", identityUrl);
  const isCloud = /(?:^|\.)uipath\.(?:com|us)$/i.test(new URL(origin).hostname);
  const isStandalone =
    given.organization === undefined && (segments.length === 0 || identity?.segments.at(-1) === "identity");
  if (isStandalone) {
    if (isCloud) {
      const hint = "Addresses of UiPath cloud contain it.";
      const missing = { field: "organization", variable: "UIPATH_ORGANIZATION", hint };
      throw new ProblemError(missingSettings(uipathWords, [missing]));
    }
    // Behind some proxies Orchestrator has a path of its own.
    const base = join(origin, segments);
    const itsIdentity = identity === undefined ? `${origin}/identity` : join(identity.origin, identity.segments);
    const tenant = given.tenant ?? "Default";
    return {
      orchestrator: base,
      identity: itsIdentity,
      identityElsewhere: identity === undefined ? [`${origin}/identity_`] : [],
      token: `${itsIdentity}/connect/token`,
      login: `${base}/api/account/authenticate`,
      tenant,
      tenantHeader: tenant,
      organization: undefined,
      isCloud,
    };
  }
  const organization = given.organization ?? segments[0]!;
  const tenant = given.tenant ?? segments[1];
  const orchestrator = tenant === undefined ? undefined : join(origin, [organization, tenant, "orchestrator_"]);
  return {
    orchestrator,
    // In newer organizations, the address without organization answers InvalidPartition.
    identity:
      identity === undefined ? join(origin, [organization, "identity_"]) : join(identity.origin, identity.segments),
    identityElsewhere:
      identity === undefined
        ? [["identity_"], [organization, "identity"], ["identity"]].map((segments) => join(origin, segments))
        : [],
    // In all editions, tokens come from the address without organization.
    token:
      identity === undefined
        ? `${origin}/identity_/connect/token`
        : `${join(identity.origin, identity.segments)}/connect/token`,
    login: `${orchestrator ?? join(origin, [organization])}/api/account/authenticate`,
    tenant,
    tenantHeader: undefined,
    organization,
    isCloud,
  };
}

function parse(field: string, text: string): { origin: string; segments: string[] } {
  const url = addressIn(uipathWords, field, text, "https://cloud.uipath.com");
  const all = url.pathname
    .split("/")
    .filter((segment) => segment !== "")
    .map((segment) => decodeURIComponent(segment));
  if (field === "identity_url")
    return { origin: url.origin, segments: all.filter((one) => one !== "connect" && one !== "token") };
  const service = all.findIndex((segment) => SERVICE.test(segment));
  return { origin: url.origin, segments: service < 0 ? all : all.slice(0, service) };
}

const join = (origin: string, segments: readonly string[]) =>
  [origin, ...segments.map((segment) => encodeURIComponent(segment))].join("/");
