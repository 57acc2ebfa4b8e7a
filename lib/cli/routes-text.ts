import { compare } from "../core/finding";
import { printableLine } from "../core/printable";
import { connection, destination, LATER, mailerName, routeName } from "../review/words";
import type { Event, Told } from "../topology";

/** Who is told, one paragraph a receiver, with every way on a line of its own. */
export function renderRoutes(told: readonly Told[], { system, severity, resourceKind }: Event): string {
  const asked = [
    severity === undefined ? "alerts" : `${severity} alerts`,
    resourceKind === undefined ? undefined : `about ${resourceKind}`,
    system === undefined ? undefined : `of ${system}`,
  ]
    .filter((word) => word !== undefined)
    .join(" ");
  const what = asked === "alerts" ? "anything" : printableLine(asked);
  if (told.length === 0) return `Nobody is told of ${what}.`;
  const byReceiver = new Map<string, Told[]>();
  for (const one of told) byReceiver.set(one.receiver, [...(byReceiver.get(one.receiver) ?? []), one]);
  const paragraphs = [...byReceiver]
    .sort(([a], [b]) => compare(a, b))
    .map(([receiver, ways]) => [receiver, ...ways.map(way).sort(compare)].map(printableLine).join("\n"));
  return [`Told of ${what}:`, ...paragraphs].join("\n\n");
}

function way({ route, onwards, mailer, reach, arrives, remark }: Told): string {
  const severities = route.severities === undefined ? LATER : (route.severities ?? ["any severity"]).join(", ");
  const kinds = !route.resourceKinds ? "" : ` about ${route.resourceKinds.join(", ")}`;
  const steps = [
    `${routeName(route)} [${severities}${kinds}]`,
    ...(mailer === undefined || mailer.address === route.address
      ? []
      : [`${mailerName(mailer)}${mailer.smtp === undefined ? "" : ` by ${connection(mailer.smtp)}`}`]),
    ...("flow" in reach ? [`flow ${reach.flow.source ?? LATER} to ${destination(reach.flow)}`] : []),
    ...onwards.map(routeName),
  ];
  return `  ${arrives ? "" : "BLOCKED "}${steps.join(" -> ")}${remark === undefined ? "" : ` (${remark})`}`;
}
