import { judge, type Rule } from "../rule";

export const routeHasFilter: Rule = {
  id: "route-has-filter",
  title: "Routes choose their alerts",
  severity: "warning",
  why: "A rule without filters mails every alert of the platform: the important ones drown, and servers throttle the rest.",
  fix: 'Choose which alerts are worth a mail: `alerts: { criticalities: ["CRITICAL", "IMMEDIATE"] }`.',
  scope: "Routes in force whose system lets them choose.",
  check: ({ routes }) =>
    judge(
      routes.filter(({ filtered, enabled }) => filtered !== undefined && enabled !== false),
      "no route here could choose",
      ({ address, name, filtered }) =>
        filtered === false ? { address, summary: `${name ?? "The route"} sends every alert` } : undefined,
    ),
};
