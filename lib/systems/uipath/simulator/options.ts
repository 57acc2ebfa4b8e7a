import * as z from "../../../core/zod";
import { simulatorOptions } from "../../kit/simulator/options";
import type { SimulatorWorld } from "../../kit/simulator/simulation";

const EDITIONS = ["cloud", "suite", "standalone"] as const;

const account = z.strictObject({
  username: z.string(),
  /** The address; accounts without one receive nothing. */
  address: z.optional(z.string()),
  roles: z.array(z.string()),
  /** If omitted, a "DirectoryUser". */
  type: z.optional(
    z.enum(["User", "DirectoryUser", "DirectoryGroup", "DirectoryRobot", "DirectoryExternalApplication", "Robot"]),
  ),
  /** If omitted, it is active. */
  active: z.optional(z.boolean()),
  /** Whether it has switched off every kind of alert. */
  muted: z.optional(z.boolean()),
});
export type SimulatedAccount = z.output<typeof account>;

const ACCOUNTS: SimulatedAccount[] = [
  { username: "oncall", address: "oncall@example.com", roles: ["Administrator"] },
  { username: "ada", address: "Ada@example.com", roles: ["Automation User"] },
  { username: "alert-robot", address: "robot@example.com", roles: ["Administrator"], type: "DirectoryRobot" },
];

/** The options of the simulated UiPath: `world.options.uipath`. */
const options = z.strictObject({
  /** The edition; it determines addresses, logins and the available test calls. */
  edition: z._default(z.enum(EDITIONS), "suite"),
  /** The version of the Web API; DeleteBulk exists from 15 (22.10). */
  apiVersion: z._default(z.number(), 20),
  organization: z._default(z.string(), "acme"),
  /** The id of the organization. */
  organizationId: z._default(z.string(), "3fa85f64-5717-4562-b3fc-2c963f66afa6"),
  tenant: z._default(z.string(), "Production"),
  /** The login that `environment()` contains. */
  login: z._default(z.enum(["application", "account", "host"]), "application"),
  clientId: z._default(z.string(), "0f3c6c4e-5a5d-4a52-9a59-0f5bb3f7a001"),
  clientSecret: z._default(z.string(), "sandbox-uipath-client-secret"),
  /** The scopes that the application has. */
  scopes: z._default(z.string(), "OR.Settings OR.Users.Read OR.Webhooks PM.Setting"),
  username: z._default(z.string(), "admin"),
  password: z._default(z.string(), "sandbox-uipath-password"),
  /** The life of a token in seconds. */
  tokenSeconds: z._default(z.number().check(z.positive()), 3600),
  /** How many requests a token is accepted for although its life is not over, as after another login of the account. */
  tokenUses: z.optional(z.int().check(z.positive())),
  /** Whether rows of the tenant's settings contain their scope; the one known answer does not. */
  showScope: z._default(z.boolean(), false),
  /** The host's settings for all tenants, by name, besides those of a new installation. */
  hostSettings: z._default(z.record(z.string(), z.string()), {}),
  /** The host's system mail. */
  hostMail: z._default(z.record(z.string(), z.string()), {}),
  /** Whether DeleteBulk refuses names that were never set; not documented. */
  deleteRefusesUnset: z._default(z.boolean(), false),
  /** Whether a webhook is refused when another has its name. The vendor's interface allows both, so not by default. */
  uniqueNames: z._default(z.boolean(), false),
  /**
   * How a tenant's own mail settings are treated: used for alerts, kept and ignored, or no longer known to Orchestrator. If
   * omitted, the cloud ignores them, and servers on premises use them, although UiPath's manual of 2022.10 and later refers
   * to the Identity service.
   */
  tenantMail: z.optional(z.enum(["used", "ignored", "absent"])),
  /** Whether Orchestrator has the call UpdateBulk. */
  updateBulk: z._default(z.boolean(), true),
  /** Whether Orchestrator returns its version, in the header `api-supported-versions`. */
  showVersion: z._default(z.boolean(), true),
  /**
   * The address of the Identity service: below the organization's, at the host's, or both. If omitted, below the
   * organization's in the cloud, at the host's with a standalone Orchestrator, and both in Automation Suite: its manual
   * documents the one, its users report the other.
   */
  identityAt: z.optional(z.enum(["organization", "host", "both"])),
  /** The answer at the addresses without the Identity service. */
  identityElsewhere: z._default(z.enum(["not-found", "page"]), "not-found"),
  /** Whether an organization's mail settings belong to the host administrator alone, whatever scopes an application has. */
  partitionNeedsHost: z._default(z.boolean(), false),
  /** Whether the Identity service has the calls of its internal interface. */
  internalIdentity: z._default(z.boolean(), true),
  /** The host's partition in a PUT: null in the description, empty in an example. */
  hostPartition: z._default(z.enum(["null", "empty"]), "null"),
  /** The seconds in `Retry-After` of a 429; none by default, because UiPath does not document one. */
  retryAfter: z.optional(z.number()),
  /** The Identity service's limits on requests in five minutes, by method: those of UiPath cloud. */
  identityLimits: z._default(z.record(z.string(), z.number()), {
    GET: 300,
    PUT: 160,
    PATCH: 160,
    DELETE: 160,
    POST: 24_000,
  }),
  accounts: z._default(z.array(account), ACCOUNTS),
  /** The greatest page size of accounts and roles. */
  pageSize: z._default(z.number().check(z.positive()), 1000),
  /** Whether accounts do not contain their roles, as in some releases. */
  bareAccounts: z._default(z.boolean(), false),
  /**
   * The hosting service whose open flows are this UiPath's way out. UiPath cloud, and a UiPath in a data centre of your own,
   * are not behind OVHcloud's firewall: if omitted, they reach the mail server directly.
   */
  behindFlowsOf: z.optional(z.string()),
  /** Names that this UiPath resolves by itself, name to IPv4 address. */
  hosts: z._default(z.record(z.string(), z.string()), {}),
});
export type UiPathSimulatorOptions = z.output<typeof options>;

export function uipathOptions(world: Pick<SimulatorWorld, "options">): UiPathSimulatorOptions {
  return simulatorOptions("uipath", options, world);
}

export function tenantMailOf({ tenantMail, edition }: UiPathSimulatorOptions): "used" | "ignored" | "absent" {
  return tenantMail ?? (edition === "cloud" ? "ignored" : "used");
}

const IDENTITY_AT = { cloud: "organization", suite: "both", standalone: "host" } as const;

/** The base addresses of the Identity service, and those where it is absent. */
export function identityBases(options: UiPathSimulatorOptions): {
  readonly there: string[];
  readonly elsewhere: string[];
} {
  const { edition, organization, identityAt = IDENTITY_AT[edition] } = options;
  const { identity } = traits(options);
  const bases = { organization: `/${organization}${identity}`, host: identity };
  if (identityAt === "both") return { there: Object.values(bases), elsewhere: [] };
  return { there: [bases[identityAt]], elsewhere: [bases[identityAt === "host" ? "organization" : "host"]] };
}

/**
 * The features of an edition and release. The tenant's test call was announced to be removed from the cloud, and does not
 * exist here.
 */
export function traits({ edition, apiVersion }: Pick<UiPathSimulatorOptions, "edition" | "apiVersion">) {
  return {
    hasDeleteBulk: apiVersion >= 15,
    hasTenantTest: edition !== "cloud",
    hasPasswordLogin: edition !== "cloud",
    identity: edition === "standalone" ? "/identity" : "/identity_",
  };
}

/** The variables that a client needs to reach this UiPath. */
export function environmentFor(url: string, options: UiPathSimulatorOptions): Record<string, string> {
  return {
    UIPATH_URL: url,
    ...(options.edition === "standalone" ? {} : { UIPATH_ORGANIZATION: options.organization }),
    UIPATH_TENANT: options.login === "host" ? "Host" : options.tenant,
    ...(options.login === "application"
      ? { UIPATH_CLIENT_ID: options.clientId, UIPATH_CLIENT_SECRET: options.clientSecret }
      : { UIPATH_USERNAME: options.username, UIPATH_PASSWORD: options.password }),
  };
}
