import { ProblemError } from "../../core/problem";
import type { HttpRequest, HttpResponse } from "../../http/types";
import { missingSettings } from "../kit/problems";
import type { Refusals } from "../kit/refusals";
import { openApi, type RestApi } from "../kit/rest-api";
import type { ApiRuntime } from "../kit/system";
import { Accounts } from "./accounts";
import { isInvalidPartition, toldIn } from "./envelope";
import { noOrganizationId, SCOPE_REFUSED, wrongIdentityAddress } from "./errors";
import { isGuid } from "../kit/guid";
import { IdentityService, type IdentityAddress } from "./identity-service";
import { Logins } from "./logins";
import type { UiPathConnection } from "./settings";
import type { Release } from "./release";
import { SystemMailSettings } from "./system-settings";
import { TenantSettings } from "./tenant-settings";
import { webhooksOf, type Webhooks } from "./webhooks";
import { uipathWords } from "./words";

const IDENTITY_SCOPE = "PM.Setting";
const TENANT_SCOPE = "OR.Settings";

const refusals: Refusals = {
  wordsOf: toldIn,
  explain: ({ doing, evidence }) => (isInvalidPartition(evidence) ? wrongIdentityAddress(doing, evidence) : undefined),
};

/** A UiPath; nothing is sent before the first call. */
export class UiPathClient {
  readonly system: SystemMailSettings;
  private readonly logins: Logins;
  private readonly identity: IdentityService;
  private readonly apis:
    { readonly settings: RestApi; readonly users: RestApi; readonly webhooks: RestApi } | undefined;
  private tenantSettings: TenantSettings | undefined;
  private tenantWebhooks: Webhooks | undefined;

  constructor(
    private readonly connection: UiPathConnection,
    private readonly runtime: ApiRuntime,
  ) {
    const { addresses } = connection;
    this.logins = new Logins(connection, runtime);
    const api = (baseUrl: string, scope: string, headers: Record<string, string> = {}) => {
      const authenticator = this.logins.token(scope);
      return openApi({ words: uipathWords, runtime, baseUrl, authenticator, headers, refusals });
    };
    const { orchestrator, tenantHeader } = addresses;
    const tenant: Record<string, string> = tenantHeader === undefined ? {} : { "X-UIPATH-TenantName": tenantHeader };
    this.apis =
      orchestrator === undefined
        ? undefined
        : {
            settings: api(orchestrator, TENANT_SCOPE, tenant),
            users: api(orchestrator, "OR.Users.Read", tenant),
            webhooks: api(orchestrator, "OR.Webhooks", tenant),
          };
    const at = (url: string): IdentityAddress => ({ url, api: api(url, IDENTITY_SCOPE) });
    this.identity = new IdentityService([at(addresses.identity), ...addresses.identityElsewhere.map(at)]);
    this.system = new SystemMailSettings(this.identity, runtime.clock);
  }

  /** The tenant's settings. Throws `uipath/missing-setting` when no tenant is configured. */
  get tenant(): TenantSettings {
    return (this.tenantSettings ??= new TenantSettings(
      this.orchestrator.settings,
      this.runtime.clock,
      this.tenantName,
    ));
  }

  /** The webhooks of the tenant. */
  get webhooks(): Webhooks {
    return (this.tenantWebhooks ??= webhooksOf(this.orchestrator.webhooks, this.runtime.clock));
  }

  /** The release of the tenant's UiPath; reads its settings, which a run shares. */
  async release(signal: AbortSignal): Promise<Release> {
    return { isCloud: this.connection.addresses.isCloud, apiVersion: await this.tenant.apiVersion(signal) };
  }

  /** The accounts and roles of the tenant. */
  get accounts(): Accounts {
    return new Accounts(this.orchestrator.users);
  }

  /** The tenant in messages: "the tenant Prod". */
  get tenantName(): string {
    return `the tenant ${this.connection.addresses.tenant ?? "?"}`;
  }

  get hasTenant(): boolean {
    return this.apis !== undefined;
  }

  /** Returns the raw answer to a request, for callers that check its form themselves. */
  ask(part: "tenant" | "users" | "webhooks" | "identity", doing: string, request: HttpRequest): Promise<HttpResponse> {
    if (part === "identity") return this.identity.call(doing, request);
    return this.orchestrator[part === "tenant" ? "settings" : part].call(doing, request);
  }

  /**
   * Whether the application is granted this scope; undefined for logins without scopes, and for scopes that the user has
   * set.
   */
  async mayHave(scope: string, signal: AbortSignal): Promise<boolean | undefined> {
    const { credential } = this.connection;
    if (credential.kind === "account" || credential.scope !== undefined) return undefined;
    try {
      await this.logins.token(scope).text(signal);
      return true;
    } catch (error) {
      if (error instanceof ProblemError && error.problems[0]?.code === SCOPE_REFUSED) return false;
      throw error;
    }
  }

  /**
   * Requests a token. An application that lacks the scopes of this one is accepted nevertheless: the scopes that it needs
   * depend on its use.
   */
  async checkLogin(signal: AbortSignal): Promise<void> {
    const scope = this.connection.addresses.orchestrator === undefined ? IDENTITY_SCOPE : TENANT_SCOPE;
    try {
      await this.logins.token(scope).text(signal);
    } catch (error) {
      if (!(error instanceof ProblemError) || error.problems[0]?.code !== SCOPE_REFUSED) throw error;
    }
  }

  /**
   * The organization when none is declared: the configured one when that is an id, else that of the token. (The claim
   * `prt_id` of UiPath's tokens exists in practice, but is not documented.)
   */
  async organizationId(signal: AbortSignal): Promise<string> {
    const { organization } = this.connection.addresses;
    if (isGuid(organization)) return organization.toLowerCase();
    const claims = await this.logins.claims(IDENTITY_SCOPE, signal);
    const partition = claims?.["prt_id"] ?? claims?.["prtId"];
    if (typeof partition === "string" && isGuid(partition)) return partition.toLowerCase();
    throw new ProblemError(noOrganizationId());
  }

  private get orchestrator() {
    if (this.apis === undefined) {
      const hint = "The settings of a tenant are meant.";
      throw new ProblemError(missingSettings(uipathWords, [{ field: "tenant", variable: "UIPATH_TENANT", hint }]));
    }
    return this.apis;
  }
}
