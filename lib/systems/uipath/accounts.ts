import { CallError, type RestApi } from "../kit/rest-api";
import { roles, userIds, users, type Role, type User } from "./contract";
import { readPages } from "./pages";
import { apiVersionIn } from "./release";

/** The accounts and roles of a tenant. */
export class Accounts {
  private version: number | undefined;

  constructor(private readonly api: RestApi) {}

  /** The version of the Web API, once something was read and if Orchestrator reports it. */
  get apiVersion(): number | undefined {
    return this.version;
  }

  /** The roles with their permissions. */
  roles(signal: AbortSignal): Promise<Role[]> {
    const query = { $expand: "Permissions" };
    return readPages(this.api, "read the tenant's roles", roles, {
      ...{ path: "/odata/Roles", query, paged: true, signal },
      seen: ({ headers }) => (this.version = apiVersionIn(headers)),
    });
  }

  /** The users with their roles in the tenant. */
  async users(signal: AbortSignal): Promise<User[]> {
    const request = { path: "/odata/Users", paged: true, signal };
    const doing = "read the tenant's accounts";
    try {
      return await readPages(this.api, doing, users, { ...request, query: { $expand: "UserRoles" } });
    } catch (error) {
      // Releases differ in what can be expanded; without expansion, RolesList holds the names.
      if (!(error instanceof CallError) || error.status !== 400) throw error;
      return readPages(this.api, doing, users, request);
    }
  }

  /** The users of a role, for releases whose accounts do not contain their roles. */
  async userIdsOf(role: number, signal: AbortSignal): Promise<ReadonlySet<number>> {
    const reply = await this.api.read("read the accounts of a role", userIds, {
      method: "GET",
      path: `/odata/Roles/UiPath.Server.Configuration.OData.GetUserIdsForRole(key=${role})`,
      signal,
    });
    return new Set(reply.value);
  }
}
