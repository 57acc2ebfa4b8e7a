import type { Problem } from "../../core/problem";
import { someOf } from "../../core/some-of";
import { systemWarning } from "../kit/words";
import { uipathWords } from "./words";

/** The problems of the receivers of a tenant's alert mails. */

/** Alerts of a folder reach the accounts that are assigned to it, which is why group members may get none. */
const SEEN_BY =
  "Alerts of a folder reach only accounts that are assigned to it. Mails are summaries of Error and Fatal alerts every ten minutes and a daily report of all, so wait for one before you look further.";

const groupsGetNothing = (members: GroupMembers) =>
  members === "no"
    ? " In this release the members of a group do not inherit its permission to view alerts: give it to the accounts themselves."
    : "";

/** Whether the members of a group that may view alerts get mails; releases differ. */
export type GroupMembers = "yes" | "no" | "unknown";

export const noReceivers = (
  groups: readonly string[],
  withoutAddress: readonly string[],
  members: GroupMembers = "unknown",
) =>
  systemWarning(uipathWords, "no-receivers", {
    summary:
      groups.length > 0 && members !== "no"
        ? "No account receives UiPath's alert mails, except perhaps by a group"
        : "Nobody receives UiPath's alert mails",
    path: ["addresses"],
    got: [
      withoutAddress.length > 0 ? `without an address: ${someOf(withoutAddress)}` : "no account may view alerts",
      ...(groups.length > 0 ? [`directory groups: ${someOf(groups)}`] : []),
    ].join("; "),
    expected: "at least one account with an e-mail address and a role that has the permission to view alerts",
    fix: `In Orchestrator, Tenant > Manage access: give an account such a role (Administrator has it), and see that it has an e-mail address. Declared receivers do not count there.${groupsGetNothing(members)} ${SEEN_BY}`,
  });

export const receiversMissing = (
  missing: readonly string[],
  got: readonly string[],
  groups: readonly string[],
  members: GroupMembers = "unknown",
) =>
  systemWarning(uipathWords, "receivers-missing", {
    summary: `UiPath will not send its alert mails to ${someOf(missing)}`,
    path: ["expected"],
    got: `its receivers are ${someOf(got) || "none"}${groups.length > 0 && members !== "no" ? `, and ${members === "yes" ? "" : "perhaps "}the members of ${someOf(groups)}` : ""}`,
    fix: `UiPath does not take a list of receivers. In Orchestrator, Tenant > Manage access, give the accounts with these addresses a role with the permission to view alerts; a mailbox of several people needs an account of its own.${groupsGetNothing(members)} ${SEEN_BY}`,
  });

export const orWithoutReceivers = (problem: Problem): Problem =>
  ["uipath/scope-refused", "uipath/forbidden"].includes(problem.code)
    ? {
        ...problem,
        fix: `${problem.fix} To do without this look at the receivers, remove the data source (checkReceivers: false of UiPath.tenantMail).`,
      }
    : problem;

export const receiversMuted = (names: readonly string[]) =>
  systemWarning(uipathWords, "receivers-muted", {
    summary: `Alerts are switched off in the preferences of ${someOf(names)}`,
    path: ["receivers"],
    fix: "They can receive alert mails, but have switched off every kind. They, or an administrator, switch them on in their alert preferences.",
  });
