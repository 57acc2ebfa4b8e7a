import type { ODataRow } from "./odata-filter";
import { answerQuery, option, type Query } from "./odata-query";
import type { SimulatedAccount, UiPathSimulatorOptions } from "./options";
import { notFound } from "./refusal";

/** The roles, and whether they may view alerts. */
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
    return this.page(query, this.allRoles(query));
  }

  role(id: number, query: Query): ODataRow {
    return one(this.allRoles(query), id, "Role");
  }

  users(query: Query) {
    return this.page(query, this.allUsers(query));
  }

  user(id: number, query: Query): ODataRow {
    return one(this.allUsers(query), id, "User");
  }

  userIdsOf(role: number) {
    const ids = this.accounts.flatMap((account, index) =>
      account.roles.some((name) => roleId(name) === role) ? [index + 1] : [],
    );
    return { value: ids };
  }

  /** The addresses that would get an alert mail, as Orchestrator itself determines them. */
  receivers(): string[] {
    const readers = ROLES.filter(([, mayView]) => mayView).map(([name]) => name);
    return this.accounts
      .filter(
        (one) => /^(Directory)?User$/.test(one.type ?? "DirectoryUser") && one.active !== false && one.muted !== true,
      )
      .filter((one) => one.roles.some((role) => readers.includes(role)))
      .flatMap(({ address }) => (address === undefined ? [] : [address]));
  }

  private allRoles(query: Query): ODataRow[] {
    const withPermissions = /\bPermissions\b/i.test(option(query, "$expand") ?? "");
    return ROLES.map(([Name, mayView], index) => ({
      Id: index + 1,
      Name,
      DisplayName: Name,
      Type: "Tenant",
      IsStatic: Name === "Administrator",
      ...(withPermissions
        ? {
            Permissions: [
              { Id: index * 10 + 1, Name: "Alerts.View", IsGranted: mayView, RoleId: index + 1, Scope: "Global" },
              { Id: index * 10 + 2, Name: "Jobs.View", IsGranted: true, RoleId: index + 1, Scope: "Folder" },
            ],
          }
        : {}),
    }));
  }

  private allUsers(query: Query): ODataRow[] {
    const { bareAccounts } = this.options;
    const withRoles = !bareAccounts && /\bUserRoles\b/i.test(option(query, "$expand") ?? "");
    return this.accounts.map((account, index) => ({
      Id: index + 1,
      UserName: account.username,
      FullName: account.username,
      EmailAddress: account.address ?? null,
      Type: account.type ?? "DirectoryUser",
      IsActive: account.active ?? true,
      ...(bareAccounts ? {} : { RolesList: account.roles }),
      ...(withRoles
        ? { UserRoles: account.roles.map((RoleName) => ({ UserId: index + 1, RoleId: roleId(RoleName), RoleName })) }
        : {}),
      NotificationSubscription: { Queues: !account.muted, Jobs: !account.muted, Robots: !account.muted },
    }));
  }

  private page(query: Query, rows: readonly ODataRow[]) {
    return answerQuery(rows, query, { most: this.options.pageSize });
  }
}

function one(rows: readonly ODataRow[], id: number, what: string): ODataRow {
  const found = rows.find((row) => row["Id"] === id);
  if (found === undefined) throw notFound(what);
  return found;
}

const roleId = (name: string) => ROLES.findIndex(([role]) => role === name) + 1;
