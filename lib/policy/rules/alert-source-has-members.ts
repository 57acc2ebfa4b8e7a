import type { AlertSource } from "../../topology";
import { judge, type Rule } from "../rule";

export const alertSourceHasMembers: Rule = {
  id: "alert-source-has-members",
  title: "Alert definitions have something to alert for",
  severity: "warning",
  why: "An alert definition alerts for its members only: without a monitor it is deployed, green, and silent for ever.",
  fix: 'Say what it watches: `monitors: ["Shop"]` or `monitorGroups: ["Production"]`, or the resource of a member. One that is there already is referred to: `Uptrends.existing("…")`.',
  scope:
    "Alert definitions that the stack makes and that are on. One that exists already may have members made by hand, which no plan shows: of these the provider warns when it reads them, and so does `outbound reconcile`.",
  check: (topology) =>
    judge(topology.sources.filter(isMade), "no alert definition is made here", ({ address, name, enabled }) => {
      const its = topology.members.filter(({ role, of }) => role === "watched" && mayBeOf(of.source, of.id, address));
      if (enabled === false || its.length > 0) return undefined;
      return { address, summary: `${name ?? "The alert definition"} has neither a monitor nor a monitor group` };
    }),
};

/** Whether all members of a source are declared: an existing one may have got members by hand. */
export const isMade = ({ id, mayBeThere }: AlertSource): boolean => id === undefined && mayBeThere !== true;

/**
 * Whether a member may belong to a source; one that refers to another source by its id, or by a lookup, certainly does
 * not.
 */
export const mayBeOf = (source: string | undefined, id: string | undefined, address: string): boolean =>
  source === undefined ? id === undefined : source === address;
