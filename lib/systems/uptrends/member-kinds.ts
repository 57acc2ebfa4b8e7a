import { sameIgnoringCase } from "../../core/ignoring-case";

/** What can be a member: of an alert definition its monitors, of an escalation level those who are told. */
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

/** Of the kinds that can be members of this. */
export const kindsOf = (of: "definition" | "level"): readonly MemberKind[] =>
  KINDS_OF_MEMBERS.filter((kind) => MEMBER_KINDS[kind].of === of);

/** As it stands in an id: `monitor/<guid>`. GUIDs are the same whatever the case of their letters; of an id there is one spelling. */
export const memberKey = ({ kind, guid }: MemberRef): string => `${kind}/${guid.toLowerCase()}`;

export const isAmong = (all: readonly MemberRef[], { kind, guid }: MemberRef): boolean =>
  all.some((one) => one.kind === kind && sameIgnoringCase(one.guid, guid));

/** An alert definition, or one of its levels. */
export interface MemberPlace {
  readonly definition: string;
  readonly level?: number;
}
