import type { World } from "../../kit/simulator/simulation";

export const EDITIONS = ["cloud", "suite", "standalone"] as const;
export type Edition = (typeof EDITIONS)[number];

export interface SimulatedAccount {
  readonly username: string;
  /** Accounts without one receive nothing. */
  readonly address?: string;
  readonly roles: readonly string[];
  /** @default "DirectoryUser" */
  readonly type?:
    "User" | "DirectoryUser" | "DirectoryGroup" | "DirectoryRobot" | "DirectoryExternalApplication" | "Robot";
  /** @default true */
  readonly active?: boolean;
  /** Has switched off every kind of alert. @default false */
  readonly muted?: boolean;
}

/** What of the simulated UiPath can be chosen: `world.options.uipath`. */
export interface UiPathSimulatorOptions {
  /** Decides addresses, logins and which test calls exist. @default "suite" */
  readonly edition: Edition;
  /** Version of the Web API; DeleteBulk exists from 15 (22.10). @default 20 */
  readonly apiVersion: number;
  /** @default "acme" */
  readonly organization: string;
  /** Its id. @default "3fa85f64-5717-4562-b3fc-2c963f66afa6" */
  readonly organizationId: string;
  /** @default "Production" */
  readonly tenant: string;
  /** Which login `environment()` offers. @default "application" */
  readonly login: "application" | "account" | "host";
  readonly clientId: string;
  readonly clientSecret: string;
  /** The application scopes the application has. @default "OR.Settings OR.Users.Read OR.Webhooks PM.Setting" */
  readonly scopes: string;
  readonly username: string;
  readonly password: string;
  /** Life of a token, seconds. @default 3600 */
  readonly tokenSeconds: number;
  /** Whether rows of the tenant's settings say where they come from; the one known answer does not. @default false */
  readonly showScope: boolean;
  /** What the host has set for all tenants, by setting name. @default what a new installation has */
  readonly hostSettings: Readonly<Record<string, string>>;
  /** What the host has set as system mail. @default nothing */
  readonly hostMail: Readonly<Record<string, string>>;
  /** Whether DeleteBulk refuses names that were never set; not documented. @default false */
  readonly deleteRefusesUnset: boolean;
  /** Whether the Identity service offers the calls of its internal interface. @default true */
  readonly internalIdentity: boolean;
  /** The host's partition in a PUT: null in the description, empty in an example. @default "null" */
  readonly hostPartition: "null" | "empty";
  /** Seconds in `Retry-After` of a 429; none by default, for UiPath does not document one. */
  readonly retryAfter?: number;
  /** At most so many requests of the Identity service in five minutes, by method. @default UiPath cloud's */
  readonly identityLimits: Readonly<Record<string, number>>;
  readonly accounts: readonly SimulatedAccount[];
  /** Rows a page of accounts and roles has at most. @default 1000 */
  readonly pageSize: number;
  /** Accounts come without their roles, as in some releases. @default false */
  readonly bareAccounts: boolean;
  /**
   * The hosting service whose open flows are this UiPath's way out. UiPath cloud, and a UiPath in a data centre of your
   * own, do not stand behind OVHcloud's firewall: they reach the mail server directly. @default none
   */
  readonly behindFlowsOf?: string;
  /** Names this UiPath resolves by itself, name to IPv4 address. */
  readonly hosts: Readonly<Record<string, string>>;
}

const DEFAULTS: UiPathSimulatorOptions = {
  edition: "suite",
  apiVersion: 20,
  organization: "acme",
  organizationId: "3fa85f64-5717-4562-b3fc-2c963f66afa6",
  tenant: "Production",
  login: "application",
  clientId: "0f3c6c4e-5a5d-4a52-9a59-0f5bb3f7a001",
  clientSecret: "sandbox-uipath-client-secret",
  scopes: "OR.Settings OR.Users.Read OR.Webhooks PM.Setting",
  username: "admin",
  password: "sandbox-uipath-password",
  tokenSeconds: 3600,
  showScope: false,
  hostSettings: {},
  hostMail: {},
  deleteRefusesUnset: false,
  internalIdentity: true,
  hostPartition: "null",
  identityLimits: { GET: 300, PUT: 160, PATCH: 160, DELETE: 160, POST: 24_000 },
  accounts: [
    { username: "oncall", address: "oncall@example.com", roles: ["Administrator"] },
    { username: "ada", address: "Ada@example.com", roles: ["Automation User"] },
    { username: "alert-robot", address: "robot@example.com", roles: ["Administrator"], type: "DirectoryRobot" },
  ],
  pageSize: 1000,
  bareAccounts: false,
  hosts: {},
};

export function uipathOptions(world: Pick<World, "options">): UiPathSimulatorOptions {
  return { ...DEFAULTS, ...(world.options["uipath"] as Partial<UiPathSimulatorOptions> | undefined) };
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
