import { defineSchema, string } from "../../terraform-plugin/schema";
import { timeouts } from "../../terraform-plugin/timeouts";
import { nonEmpty, singleLine } from "../../validators";
import { MEMBER_KINDS, type MemberKind } from "./member-kinds";

interface CandidateFacts<Kind extends MemberKind> {
  readonly kind: Kind;
  /** The place where people find them. */
  readonly where: string;
  /** The field that holds the name. */
  readonly name: string;
  readonly memberOf: string;
}

/** The schema of a data source for possible members, by exact name. */
function candidateSchema<Kind extends MemberKind>({ kind, where, name, memberOf }: CandidateFacts<Kind>) {
  const { kind: word } = MEMBER_KINDS[kind];
  const article = /^[aeiou]/.test(word) ? "An" : "A";
  return defineSchema({
    type: `outbound_uptrends_${kind}`,
    description: `${article} ${word} of Uptrends (*${where}*), found by its exact name: for the members of ${memberOf}. A near name is an error that names it.`,
    attributes: {
      name: string("required", {
        description: `${name}; upper and lower case count.`,
        validators: [nonEmpty, singleLine],
      }),
      id: string("computed", { description: `The ${word}'s GUID.` }),
      timeouts: timeouts({}),
    },
  });
}

export const monitorSchema = candidateSchema({
  kind: "monitor",
  where: "Monitoring, Monitor setup",
  name: "The exact name",
  memberOf: "an alert definition",
});

export const monitorGroupSchema = candidateSchema({
  kind: "monitor_group",
  where: "Monitoring, Monitor groups",
  name: "The exact description, which is how the group is shown",
  memberOf: "an alert definition",
});

export const operatorSchema = candidateSchema({
  kind: "operator",
  where: "Account setup, Operators",
  name: "The exact full name",
  memberOf: "an escalation level",
});

export const operatorGroupSchema = candidateSchema({
  kind: "operator_group",
  where: "Account setup, Operator groups",
  name: "The exact description, which is how the group is shown",
  memberOf: "an escalation level",
});

export type CandidateSchema = typeof monitorSchema;
