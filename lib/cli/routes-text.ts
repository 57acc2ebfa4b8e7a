import { KNOWN_AFTER_APPLY } from "../core/terraform-text";
import { compare } from "../core/finding";
import { printableLine } from "../core/printable";
import { styled, styledLines, toned, type Styled } from "../core/styled";
import { connection, destination, mailerName, routeName } from "../review/words";
import type { Event, AlertPath } from "../topology";

/** Writes the paths of an alert, a paragraph for each receiver with a line for each path. */
export function renderRoutes(paths: readonly AlertPath[], { system, severity, resourceKind }: Event): Styled {
  const asked = [
    severity === undefined ? "alerts" : `${severity} alerts`,
    resourceKind === undefined ? undefined : `about ${resourceKind}`,
    system === undefined ? undefined : `of ${system}`,
  ]
    .filter((word) => word !== undefined)
    .join(" ");
  const what = asked === "alerts" ? "anything" : printableLine(asked);
  if (paths.length === 0) return `Nobody is told of ${what}.`;
  const byReceiver = new Map<string, AlertPath[]>();
  for (const one of paths) byReceiver.set(one.receiver, [...(byReceiver.get(one.receiver) ?? []), one]);
  const paragraphs = [...byReceiver]
    .sort(([a], [b]) => compare(a, b))
    .flatMap(([receiver, ways]) => ["", toned("strong", printableLine(receiver)), ...wayLines(ways)]);
  return styledLines([`Told of ${what}:`, ...paragraphs]);
}

const BLOCKED = toned("bad", "BLOCKED");

function wayLines(ways: readonly AlertPath[]): readonly Styled[] {
  return ways
    .map((one) => ({ arrives: one.arrives, steps: printableLine(stepsOf(one)) }))
    .sort((a, b) => Number(a.arrives) - Number(b.arrives) || compare(a.steps, b.steps))
    .map(({ arrives, steps }) => (arrives ? `  ${steps}` : styled`  ${BLOCKED} ${steps}`));
}

function stepsOf({ route, onwards, mailer, reach, remark }: AlertPath): string {
  const severities =
    route.severities === undefined ? KNOWN_AFTER_APPLY : (route.severities ?? ["any severity"]).join(", ");
  const kinds = !route.resourceKinds ? "" : ` about ${route.resourceKinds.join(", ")}`;
  const steps = [
    `${routeName(route)} [${severities}${kinds}]`,
    ...(mailer === undefined || mailer.address === route.address
      ? []
      : [`${mailerName(mailer)}${mailer.smtp === undefined ? "" : ` by ${connection(mailer.smtp)}`}`]),
    ...("flow" in reach ? [`flow ${reach.flow.source ?? KNOWN_AFTER_APPLY} to ${destination(reach.flow)}`] : []),
    ...onwards.map(routeName),
  ];
  return `${steps.join(" -> ")}${remark === undefined ? "" : ` (${remark})`}`;
}
