import { ProblemError } from "../../core/problem";
import { HttpClient } from "../../http/client";
import { RestApi } from "../kit/rest-api";
import type { Runtime } from "../kit/system";
import { KeyedMutex } from "../../core/keyed-mutex";
import { Accounts } from "./accounts";
import { missingSetting, noOrganizationId, SCOPE_REFUSED, words } from "./errors";
import { isGuid } from "./guid";
import type { UiPathConnection } from "./settings";
import { SystemSettings } from "./system-settings";
import { TenantSettings } from "./tenant-settings";
import { Tokens } from "./token";
import { Webhooks } from "./webhooks";

const IDENTITY_SCOPE = "PM.Setting";
const TENANT_SCOPE = "OR.Settings";

/** A UiPath, ready to be asked; nothing is sent before the first question. */
export class UiPathClient {
  readonly system: SystemSettings;
  /** What the resources of this run manage: there is one of each, so nobody else may. */
  readonly claimed = new Set<string>();
  readonly mutex = new KeyedMutex();
  private readonly tokens: Tokens;
  private readonly clients:
    { readonly settings: RestApi; readonly users: RestApi; readonly webhooks: RestApi } | undefined;
  private tenantSettings: TenantSettings | undefined;
  private tenantWebhooks: Webhooks | undefined;

  constructor(
    private readonly connection: UiPathConnection,
    runtime: Pick<Runtime, "clock" | "log" | "redactor" | "random" | "environment" | "userAgent">,
  ) {
    const { addresses } = connection;
    const { clock, log, redactor, random, environment, userAgent } = runtime;
    const options = { name: "UiPath", clock, log, redactor, random, environment, userAgent };
    // Logging in has a client of its own: requests that wait for the token must not stand in its way.
    const logins = new Map<string, HttpClient>();
    const login = (baseUrl: string) => {
      const client = logins.get(baseUrl) ?? new HttpClient({ ...options, baseUrl, maxConcurrent: 1 });
      logins.set(baseUrl, client);
      return client;
    };
    this.tokens = new Tokens(connection, clock, redactor, (url, request) =>
      login(url).request({ ...request, method: "POST", path: "" }),
    );
    const api = (baseUrl: string, scope: string, headers: Record<string, string> = {}) => {
      const http = new HttpClient({ ...options, baseUrl, authenticator: this.tokens.authenticator(scope) });
      return new RestApi((request) => http.request({ ...request, headers: { ...headers, ...request.headers } }), words);
    };
    const { orchestrator, tenantHeader } = addresses;
    const tenant: Record<string, string> = tenantHeader === undefined ? {} : { "X-UIPATH-TenantName": tenantHeader };
    this.clients =
      orchestrator === undefined
        ? undefined
        : {
            settings: api(orchestrator, TENANT_SCOPE, tenant),
            users: api(orchestrator, "OR.Users.Read", tenant),
            webhooks: api(orchestrator, "OR.Webhooks", tenant),
          };
    this.system = new SystemSettings(api(addresses.identity, IDENTITY_SCOPE));
  }

  /** The tenant's settings. Throws `uipath/missing-setting` when no tenant is configured. */
  get tenant(): TenantSettings {
    return (this.tenantSettings ??= new TenantSettings(this.orchestrator.settings));
  }

  /** Webhooks of the tenant. */
  get webhooks(): Webhooks {
    return (this.tenantWebhooks ??= new Webhooks(this.orchestrator.webhooks));
  }

  /** Accounts and roles of the tenant. */
  get accounts(): Accounts {
    return new Accounts(this.orchestrator.users);
  }

  /** "the tenant Prod", for messages. */
  get tenantName(): string {
    return `the tenant ${this.connection.addresses.tenant ?? "?"}`;
  }

  /**
   * Asks for a token. An application that may not have the scopes of this one is let in all the same: which ones it
   * needs depends on what it is used for.
   */
  async checkLogin(signal: AbortSignal): Promise<void> {
    const scope = this.connection.addresses.orchestrator === undefined ? IDENTITY_SCOPE : TENANT_SCOPE;
    try {
      await this.tokens.claims(scope, signal);
    } catch (error) {
      if (!(error instanceof ProblemError) || error.problems[0]?.code !== SCOPE_REFUSED) throw error;
    }
  }

  /**
   * The organization meant when nobody names one: the configured one when that is an id, else the one the token
   * belongs to. (The claim `prt_id` of UiPath's tokens is seen in use, not documented.)
   */
  async organizationId(signal: AbortSignal): Promise<string> {
    const { organization } = this.connection.addresses;
    if (isGuid(organization)) return organization.toLowerCase();
    const claims = await this.tokens.claims(IDENTITY_SCOPE, signal);
    const partition = claims?.["prt_id"] ?? claims?.["prtId"];
    if (typeof partition === "string" && isGuid(partition)) return partition.toLowerCase();
    throw new ProblemError(noOrganizationId());
  }

  private get orchestrator() {
    if (this.clients === undefined) {
      throw new ProblemError(missingSetting("tenant", "UIPATH_TENANT", "the settings of a tenant are meant"));
    }
    return this.clients;
  }
}
