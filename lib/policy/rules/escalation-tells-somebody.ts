import type { EscalationStep } from "../../topology";
import { judge, type Rule } from "../rule";
import { isMade, mayBeOf } from "./alert-source-has-members";

export const escalationTellsSomebody: Rule = {
  id: "escalation-tells-somebody",
  title: "Escalation levels tell somebody",
  severity: "warning",
  why: "A level that is on, and has neither an integration nor an operator, passes its alerts to nobody.",
  fix: 'Attach an integration to the level, or say who is told: `operators: ["Jane Doe"]` or `operatorGroups: ["NOC"]`, or the resource of a member.',
  scope:
    "Escalation levels that are switched on, of alert definitions that the stack makes. Of others the provider warns when it reads them, and so does `outbound reconcile`.",
  check({ sources, escalations, members, routes }) {
    const made = sources.filter(isMade);
    const judged = escalations.filter(
      ({ enabled, of }) => enabled === true && made.some(({ address }) => address === of.source),
    );
    return judge(judged, "no escalation level is switched on here", ({ address, name, of }) => {
      const steps = [
        ...members.flatMap((one) => (one.role === "told" ? [one.of] : [])),
        ...routes.flatMap((one) => (one.of === undefined || one.enabled === false ? [] : [one.of])),
      ];
      if (steps.some((step) => maybeSame(step, of))) return undefined;
      return { address, summary: `${name ?? "The escalation level"} tells nobody` };
    });
  },
};

const maybeSame = (one: EscalationStep, other: EscalationStep): boolean =>
  mayBeOf(one.source, one.id, other.source!) &&
  (one.step === undefined || other.step === undefined || one.step === other.step);
