import { ProblemError } from "../../core/problem";
import type { DataSource } from "../../terraform-plugin/resource";
import { unexpectedAnswer } from "../kit/problems";
import type { Accounts } from "./accounts";
import { alertReceiversSchema, type AlertReceiversSchema } from "./alert-receivers.schema";
import type { UiPathClient } from "./client";
import type { Role, User } from "./contract";
import { groupMembersReceive } from "./release";
import {
  noReceivers,
  receiversMissing,
  orWithoutReceivers as orWithout,
  receiversMuted,
} from "./alert-receivers.errors";
import { uipathWords } from "./words";

const MAY_VIEW_ALERTS = /^alerts\.view$/i;

/** `outbound_uipath_alert_receivers`: the receivers of alert mails, as Orchestrator determines them. */
export const alertReceiversData: DataSource<AlertReceiversSchema, UiPathClient> = {
  schema: alertReceiversSchema,

  async read({ expected, timeouts }, { client, signal, report }) {
    const { accounts } = client;
    const [roles, users] = await Promise.all([accounts.roles(signal), accounts.users(signal)]).catch(explained);
    if (roles.length > 0 && roles.every(({ Permissions }) => !Permissions)) {
      throw new ProblemError(
        unexpectedAnswer(uipathWords, "see which roles may view alerts", "roles without permissions"),
      );
    }
    const readers = roles.filter(mayViewAlerts);
    const rolesOf = await membership(readers, users, accounts, signal);

    const may = users.filter((user) => user.IsActive !== false && rolesOf(user).length > 0);
    const people = may.filter(isPerson).sort((a, b) => nameOf(a).localeCompare(nameOf(b)));
    const receivers = people
      .filter((user) => Boolean(user.EmailAddress))
      .map((user) => ({
        username: nameOf(user),
        address: user.EmailAddress!,
        roles: rolesOf(user),
        subscribed: subscribed(user),
      }));
    const groups = may.filter(({ Type }) => Type === "DirectoryGroup").map(nameOf);
    const withoutAddress = people.filter((user) => !user.EmailAddress).map(nameOf);

    const addresses = unique(receivers.filter((one) => one.subscribed !== false).map(({ address }) => address));
    const missing = unique(expected ?? []).filter((address) => !addresses.includes(address));
    const muted = receivers.filter((one) => one.subscribed === false && missing.includes(one.address.toLowerCase()));
    const members = groupMembersReceive(accounts.apiVersion);
    if (addresses.length === 0) report(noReceivers(groups, withoutAddress, members));
    else if (missing.length > 0) report(receiversMissing(missing, addresses, groups, members));
    if (muted.length > 0) report(receiversMuted(muted.map(({ username }) => username)));
    return {
      id: "tenant",
      expected,
      addresses,
      missing,
      receivers,
      groups: groups.sort(),
      without_address: withoutAddress,
      timeouts,
    };
  },
};

/** Adds to a refusal how to do without this optional check. */
function explained(error: unknown): never {
  if (!(error instanceof ProblemError)) throw error;
  throw new ProblemError(...error.problems.map(orWithout));
}

function mayViewAlerts({ Permissions }: Role): boolean {
  return (Permissions ?? []).some(({ Name, IsGranted }) => MAY_VIEW_ALERTS.test(Name ?? "") && IsGranted !== false);
}

/** The names of an account's roles that may view alerts. Releases differ in what an account contains. */
async function membership(
  readers: readonly Role[],
  users: readonly User[],
  accounts: Accounts,
  signal: AbortSignal,
): Promise<(user: User) => string[]> {
  const title = (role: Role) => role.DisplayName || role.Name || String(role.Id);
  if (users.some(({ UserRoles, RolesList }) => UserRoles || RolesList)) {
    return ({ UserRoles, RolesList }) =>
      readers
        .filter(
          ({ Id, Name, DisplayName }) =>
            UserRoles?.some(({ RoleId, RoleName }) => RoleId === Id || (Boolean(RoleName) && RoleName === Name)) ||
            RolesList?.some((name) => name === Name || name === DisplayName),
        )
        .map(title);
  }
  const members = await Promise.all(
    readers.map(async (role) => ({ role, ids: await accounts.userIdsOf(role.Id, signal) })),
  );
  return ({ Id }) => members.filter(({ ids }) => ids.has(Id)).map(({ role }) => title(role));
}

/** Robots, external applications and groups have no mailbox. */
const isPerson = ({ Type }: User) => !Type || Type === "User" || Type === "DirectoryUser";

const nameOf = ({ UserName, Id }: User) => UserName ?? String(Id);

/**
 * The kinds of alerts that an account has subscribed to. The preferences are deprecated, and other releases do not show
 * them.
 */
function subscribed({ NotificationSubscription }: User): boolean | null {
  const flags = Object.values(NotificationSubscription ?? {}).filter((flag) => typeof flag === "boolean");
  return flags.length === 0 ? null : flags.some(Boolean);
}

const unique = (addresses: readonly string[]) => [...new Set(addresses.map((one) => one.toLowerCase()))].sort();
