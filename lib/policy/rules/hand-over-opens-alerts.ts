import { judge, type Rule } from "../rule";

export const handOverOpensAlerts: Rule = {
  id: "hand-over-opens-alerts",
  title: "What alerts are handed to opens them",
  severity: "warning",
  why: "Without a template or a mapping nothing says which field of a message opens an alert: all are taken, and nobody is told.",
  fix: "Name an integration made by hand from the predefined one (`template_from`), or say which field opens an alert (`url_mapping`).",
  scope:
    "Integrations that receive the alerts of another system (AlertOps), unless they are disabled. What is known only after the apply is not judged.",
  see: "https://docs.alertops.com/docs/advanced-field-mapping",
  check: ({ mailers }) =>
    judge(
      mailers.filter((mailer) => "opensAlerts" in mailer && mailer.enabled !== false),
      "nothing here receives the alerts of another system",
      ({ address, name, opensAlerts }) =>
        opensAlerts === false
          ? { address, summary: `Nothing says which messages open an alert in ${name ?? "the integration"}` }
          : undefined,
    ),
};
