import { attribute, command, construct, here, problem, rule, type, type Guide } from "./place";

const INBOUND = "outbound_alertops_inbound_integration";
const ATTACHMENT = "outbound_uptrends_integration_attachment";
const DEFINITION = "outbound_uptrends_alert_definition";

/** @see https://help.alertops.com (Uptrends) */
export const uptrendsAlertops: Guide = {
  id: "S3",
  title: "AlertOps: integration with Uptrends",
  about: "Alerts of Uptrends shall open alerts in AlertOps, which tells people.",
  statements: [
    {
      says: "AlertOps: add an inbound integration by API, and choose the predefined one of Uptrends.",
      here: here`${type(INBOUND)} with ${attribute(INBOUND, "template_id")} or ${attribute(INBOUND, "template_from")}; ${rule("hand-over-opens-alerts")}.`,
    },
    {
      says: "Give it a name and recipient groups or users; save, and note the API URL.",
      here: here`${attribute(INBOUND, "name")}, ${attribute(INBOUND, "recipient_groups")}, ${attribute(INBOUND, "recipient_users")}; the URL is a credential: ${attribute(INBOUND, "api_url_source")} and the ephemeral resource of the same name.`,
    },
    {
      says: "It can be customised, but leave the advanced settings alone until it works.",
      here: here`${attribute(INBOUND, "url_mapping")}; what is not declared stays as it is in AlertOps.`,
    },
    {
      says: "Uptrends: add an integration of the type AlertOps, name it, paste the URL into its variable.",
      here: here`Uptrends' API cannot make integrations: that is done by hand, found by name with ${attribute("outbound_uptrends_integration", "name")}, and given the URL by ${attribute(ATTACHMENT, "variable_values_wo")}.`,
    },
    {
      says: "An integration alone does nothing: attach it to an escalation level of an existing alert definition.",
      here: here`${type(ATTACHMENT)}; ${construct("Uptrends.existing")} finds the definition, ${type(DEFINITION)} makes one, with its ${type("outbound_uptrends_alert_definition_member")}. A definition that alerts for nothing, or a level that tells nobody, is warned of: ${problem("uptrends/alerts-for-nothing")}, ${problem("uptrends/tells-nobody")}, ${rule("alert-source-has-members")}, and by ${command("reconcile")}.`,
    },
  ],
};
