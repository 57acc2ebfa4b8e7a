import * as z from "../../../core/zod";
import { simulatorOptions } from "../../kit/simulator/options";
import type { SimulatorWorld } from "../../kit/simulator/simulation";

const EDITIONS = ["cloud", "suite", "standalone"] as const;

const account = z.strictObject({
  username: z.string(),
  /** Accounts without one receive nothing. */
  address: z.optional(z.string()),
  roles: z.array(z.string()),
  /** Left out, it is a "DirectoryUser". */
  type: z.optional(
    z.enum(["User", "DirectoryUser", "DirectoryGroup", "DirectoryRobot", "DirectoryExternalApplication", "Robot"]),
  ),
  /** Left out, it is. */
  active: z.optional(z.boolean()),
  /** Has switched off every kind of alert. */
  muted: z.optional(z.boolean()),
});
export type SimulatedAccount = z.output<typeof account>;

const ACCOUNTS: SimulatedAccount[] = [
  { username: "oncall", address: "oncall@example.com", roles: ["Administrator"] },
  { username: "ada", address: "Ada@example.com", roles: ["Automation User"] },
  { username: "alert-robot", address: "robot@example.com", roles: ["Administrator"], type: "DirectoryRobot" },
];

/** What of the simulated UiPath can be chosen: `world.options.uipath`. */
const options = z.strictObject({
  /** Decides addresses, logins and which test calls exist. */
  edition: z._default(z.enum(EDITIONS), "suite"),
  /** Version of the Web API; DeleteBulk exists from 15 (22.10). */
  apiVersion: z._default(z.number(), 20),
  organization: z._default(z.string(), "acme"),
  /** Its id. */
  organizationId: z._default(z.string(), "3fa85f64-5717-4562-b3fc-2c963f66afa6"),
  tenant: z._default(z.string(), "Production"),
  /** Which login `environment()` offers. */
  login: z._default(z.enum(["application", "account", "host"]), "application"),
  clientId: z._default(z.string(), "0f3c6c4e-5a5d-4a52-9a59-0f5bb3f7a001"),
  clientSecret: z._default(z.string(), "sandbox-uipath-client-secret"),
  /** The application scopes the application has. */
  scopes: z._default(z.string(), "OR.Settings OR.Users.Read OR.Webhooks PM.Setting"),
  username: z._default(z.string(), "admin"),
  password: z._default(z.string(), "sandbox-uipath-password"),
  /** Life of a token, seconds. */
  tokenSeconds: z._default(z.number().check(z.positive()), 3600),
  /** Requests after which a token is refused although its life is not over, as after another login of the account. */
  tokenUses: z.optional(z.int().check(z.positive())),
  /** Whether rows of the tenant's settings say where they come from; the one known answer does not. */
  showScope: z._default(z.boolean(), false),
  /** What the host has set for all tenants, by setting name, beside what a new installation has. */
  hostSettings: z._default(z.record(z.string(), z.string()), {}),
  /** What the host has set as system mail. */
  hostMail: z._default(z.record(z.string(), z.string()), {}),
  /** Whether DeleteBulk refuses names that were never set; not documented. */
  deleteRefusesUnset: z._default(z.boolean(), false),
  /** Whether a webhook is refused when another has its name. The vendor's interface allows both, so not by default. */
  uniqueNames: z._default(z.boolean(), false),
  /**
   * What becomes of a tenant's own mail settings: alerts leave by them, or they are kept and ignored, or Orchestrator does
   * not know them any more. Left out, cloud ignores them, and servers on premises use them, although UiPath's manual of
   * 2022.10 and later sends to the Identity service for them.
   */
  tenantMail: z.optional(z.enum(["used", "ignored", "absent"])),
  /** Whether Orchestrator has the call UpdateBulk. */
  updateBulk: z._default(z.boolean(), true),
  /** Whether Orchestrator tells its version, in the header `api-supported-versions`. */
  showVersion: z._default(z.boolean(), true),
  /**
   * Where the Identity service is: below the organization's address, at the host's, or both. Left out, cloud has it below
   * the organization's, a standalone Orchestrator at the host's, and Automation Suite at both: its manual says the one,
   * its users the other.
   */
  identityAt: z.optional(z.enum(["organization", "host", "both"])),
  /** What is where the Identity service is not. */
  identityElsewhere: z._default(z.enum(["not-found", "page"]), "not-found"),
  /** Whether an organization's mail settings are the host administrator's alone, whatever scopes an application has. */
  partitionNeedsHost: z._default(z.boolean(), false),
  /** Whether the Identity service offers the calls of its internal interface. */
  internalIdentity: z._default(z.boolean(), true),
  /** The host's partition in a PUT: null in the description, empty in an example. */
  hostPartition: z._default(z.enum(["null", "empty"]), "null"),
  /** Seconds in `Retry-After` of a 429; none by default, for UiPath does not document one. */
  retryAfter: z.optional(z.number()),
  /** At most so many requests of the Identity service in five minutes, by method: UiPath cloud's. */
  identityLimits: z._default(z.record(z.string(), z.number()), {
    GET: 300,
    PUT: 160,
    PATCH: 160,
    DELETE: 160,
    POST: 24_000,
  }),
  accounts: z._default(z.array(account), ACCOUNTS),
  /** Rows a page of accounts and roles has at most. */
  pageSize: z._default(z.number().check(z.positive()), 1000),
  /** Accounts come without their roles, as in some releases. */
  bareAccounts: z._default(z.boolean(), false),
  /**
   * The hosting service whose open flows are this UiPath's way out. UiPath cloud, and a UiPath in a data centre of your
   * own, do not stand behind OVHcloud's firewall: left out, they reach the mail server directly.
   */
  behindFlowsOf: z.optional(z.string()),
  /** Names this UiPath resolves by itself, name to IPv4 address. */
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

/** The bases of the Identity service, and those where one would look for it in vain. */
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

/** What exists where. The tenant's test call was announced to go from the cloud, and is gone here. */
export function traits({ edition, apiVersion }: Pick<UiPathSimulatorOptions, "edition" | "apiVersion">) {
  return {
    hasDeleteBulk: apiVersion >= 15,
    hasTenantTest: edition !== "cloud",
    hasPasswordLogin: edition !== "cloud",
    identity: edition === "standalone" ? "/identity" : "/identity_",
  };
}
