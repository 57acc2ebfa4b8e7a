import { CallError, type RestApi } from "../kit/rest-api";
import { roles, userIds, users, type Role, type User } from "./contract";
import { readPages } from "./pages";
import { apiVersionIn } from "./release";

/** The accounts and roles of a tenant. */
export class Accounts {
  private version: number | undefined;

  constructor(private readonly api: RestApi) {}

  /** Of the Web API, once something was read and if Orchestrator tells it. */
  get apiVersion(): number | undefined {
    return this.version;
  }

  /** With their permissions. */
  roles(signal: AbortSignal): Promise<Role[]> {
    const query = { $expand: "Permissions" };
    return readPages(this.api, "read the tenant's roles", roles, {
      ...{ path: "/odata/Roles", query, paged: true, signal },
      seen: ({ headers }) => (this.version = apiVersionIn(headers)),
    });
  }

  /** With the roles assigned to them in the tenant. */
  async users(signal: AbortSignal): Promise<User[]> {
    const request = { path: "/odata/Users", paged: true, signal };
    const doing = "read the tenant's accounts";
    try {
      return await readPages(this.api, doing, users, { ...request, query: { $expand: "UserRoles" } });
    } catch (error) {
      // Which parts may be expanded differs by release; without, there are the names in RolesList.
      if (!(error instanceof CallError) || error.status !== 400) throw error;
      return readPages(this.api, doing, users, request);
    }
  }

  /** For releases whose accounts come without their roles. */
  async userIdsOf(role: number, signal: AbortSignal): Promise<ReadonlySet<number>> {
    const reply = await this.api.read("read the accounts of a role", userIds, {
      method: "GET",
      path: `/odata/Roles/UiPath.Server.Configuration.OData.GetUserIdsForRole(key=${role})`,
      signal,
    });
    return new Set(reply.value);
  }
}
