import { sameIgnoringCase } from "../../core/ignoring-case";

/** The kinds of members: monitors of an alert definition, operators of an escalation level. */
export const MEMBER_KINDS = {
  monitor: { segment: "Monitor", guid: "MonitorGuid", kind: "monitor", of: "definition" },
  monitor_group: { segment: "MonitorGroup", guid: "MonitorGroupGuid", kind: "monitor group", of: "definition" },
  operator: { segment: "Operator", guid: "OperatorGuid", kind: "operator", of: "level" },
  operator_group: { segment: "OperatorGroup", guid: "OperatorGroupGuid", kind: "operator group", of: "level" },
} as const;

export type MemberKind = keyof typeof MEMBER_KINDS;

export const KINDS_OF_MEMBERS = Object.keys(MEMBER_KINDS) as readonly MemberKind[];

/** One member, as the API and the ids of the resources name it. */
export interface MemberRef {
  readonly kind: MemberKind;
  readonly guid: string;
}

/** The kinds that can be members of a definition or level. */
export const kindsOf = (of: "definition" | "level"): readonly MemberKind[] =>
  KINDS_OF_MEMBERS.filter((kind) => MEMBER_KINDS[kind].of === of);

/** A member in an id: `monitor/<guid>`. The case of a GUID does not matter, but an id has one spelling. */
export const memberKey = ({ kind, guid }: MemberRef): string => `${kind}/${guid.toLowerCase()}`;

export const isAmong = (all: readonly MemberRef[], { kind, guid }: MemberRef): boolean =>
  all.some((one) => one.kind === kind && sameIgnoringCase(one.guid, guid));

/** An alert definition, or one of its levels. */
export interface MemberPlace {
  readonly definition: string;
  readonly level?: number;
}
