import { pageOf } from "../../kit/simulator/pages";
import type { SimulatedAccount, UiPathSimulatorOptions } from "./options";

/** Roles and whether they may view alerts. */
const ROLES: readonly (readonly [string, boolean])[] = [
  ["Administrator", true],
  ["Alert Reader", true],
  ["Automation User", false],
];

/** The accounts of a tenant and their roles. */
export class Directory {
  readonly accounts: SimulatedAccount[] = [];

  constructor(private readonly options: UiPathSimulatorOptions) {
    this.reset();
  }

  reset(): void {
    this.accounts.splice(0, Infinity, ...this.options.accounts);
  }

  roles(query: Query) {
    const expand = String(query["$expand"] ?? "");
    return this.page(
      query,
      ROLES.map(([Name, mayView], index) => ({
        Id: index + 1,
        Name,
        DisplayName: Name,
        Type: "Tenant",
        IsStatic: Name === "Administrator",
        ...(/\bPermissions\b/.test(expand)
          ? {
              Permissions: [
                { Id: index * 10 + 1, Name: "Alerts.View", IsGranted: mayView, RoleId: index + 1, Scope: "Global" },
                { Id: index * 10 + 2, Name: "Jobs.View", IsGranted: true, RoleId: index + 1, Scope: "Folder" },
              ],
            }
          : {}),
      })),
    );
  }

  users(query: Query) {
    const expand = String(query["$expand"] ?? "");
    return this.page(
      query,
      this.accounts.map((account, index) => ({
        Id: index + 1,
        UserName: account.username,
        FullName: account.username,
        EmailAddress: account.address ?? null,
        Type: account.type ?? "DirectoryUser",
        IsActive: account.active ?? true,
        ...(this.options.bareAccounts ? {} : { RolesList: account.roles }),
        ...(!this.options.bareAccounts && /\bUserRoles\b/.test(expand)
          ? { UserRoles: account.roles.map((RoleName) => ({ UserId: index + 1, RoleId: roleId(RoleName), RoleName })) }
          : {}),
        NotificationSubscription: { Queues: !account.muted, Jobs: !account.muted, Robots: !account.muted },
      })),
    );
  }

  userIdsOf(role: number) {
    const ids = this.accounts.flatMap((account, index) =>
      account.roles.some((name) => roleId(name) === role) ? [index + 1] : [],
    );
    return { value: ids };
  }

  /** Who would get an alert mail, as Orchestrator itself decides. */
  receivers(): string[] {
    const readers = ROLES.filter(([, mayView]) => mayView).map(([name]) => name);
    return this.accounts
      .filter(
        (one) => /^(Directory)?User$/.test(one.type ?? "DirectoryUser") && one.active !== false && one.muted !== true,
      )
      .filter((one) => one.roles.some((role) => readers.includes(role)))
      .flatMap(({ address }) => (address === undefined ? [] : [address]));
  }

  private page<T>(query: Query, rows: readonly T[]) {
    return {
      ...(String(query["$count"]) === "true" ? { "@odata.count": rows.length } : {}),
      value: pageOf(rows, { offset: query["$skip"], limit: query["$top"], most: this.options.pageSize }),
    };
  }
}

export type Query = Readonly<Record<string, unknown>>;

const roleId = (name: string) => ROLES.findIndex(([role]) => role === name) + 1;
