import { attribute, command, construct, here, page, problem, rule, type, type Guide } from "./place";

const FLOW = "outbound_ovh_vrops_flow";
const PLUGIN = "outbound_vrops_email_plugin";
const RULE = "outbound_vrops_notification_rule";
const TEST = "outbound_test_email";

/** @see https://github.com/ovh/docs (pages/hosted_private_cloud/hosted_private_cloud_powered_by_vmware/vrops_monitoring_by_smtp) */
export const hostedVrops: Guide = {
  id: "S0",
  title: "OVHcloud: vROps monitoring by SMTP",
  about: "A vROps that OVHcloud hosts with a Hosted Private Cloud shall send its alerts by mail.",
  statements: [
    {
      says: "A working SMTP server is needed, and vROps must be allowed to reach it.",
      here: here`${command("probe")} proves the server, ${type(FLOW)} is the way to it; the test mail names the flow that is missing.`,
    },
    {
      says: "Open a flow: service name, description, IP address and port of the server.",
      here: here`${attribute(FLOW, "service_name")}, ${attribute(FLOW, "description")}, ${attribute(FLOW, "ip")}, ${attribute(FLOW, "port")}; in TypeScript ${construct("AlertMail.through")} with ${construct("OvhVrops.service")}.`,
    },
    {
      says: "Ask for the flow by its id to see that it is open.",
      here: here`The apply waits until the flow itself is delivered: ${attribute(FLOW, "state")}, ${attribute(FLOW, "flow_id")}.`,
    },
    {
      says: "When it does not work, find out which ports the server has open.",
      here: here`${command("probe")} walks through the stages and says at which one the chain breaks; ${problem("ovh/port-not-recommended")}.`,
    },
    {
      says: "A page of vROps shows a summary of all outbound settings, and adds one.",
      here: here`${command("import", "--list")} lists what exists, ${command("routes")} shows the way of the alerts, ${type(PLUGIN)} adds one.`,
    },
    {
      says: "The plugin type is Standard Email Plugin; there are others.",
      here: here`${type(PLUGIN)}; any other type by ${attribute("outbound_vrops_plugin", "plugin_type_id")}.`,
    },
    {
      says: "A secure connection encrypts; then its kind must be chosen, SSL or TLS.",
      here: here`${attribute(PLUGIN, "security")}: \`starttls\` or \`tls\`; ${rule("tls-required")}.`,
    },
    {
      says: "When the server requires authentication, a password must be given.",
      here: here`${attribute(PLUGIN, "password_wo")} with ${attribute(PLUGIN, "username")}; ${page("vrops.md#logins-of-e-mail-plugins", "logins by release")}.`,
    },
    {
      says: "SMTP host, as name or address, and port.",
      here: here`${attribute(PLUGIN, "smtp_host")}, ${attribute(PLUGIN, "smtp_port")}.`,
    },
    {
      says: "User name, password, the sender's address and name, the receiver's address.",
      here: here`${attribute(PLUGIN, "username")}, ${attribute(PLUGIN, "sender_address")}, ${attribute(PLUGIN, "sender_name")}; receivers belong to the rule: ${attribute(RULE, "receivers")}.`,
    },
    {
      says: "Warning: the guide's server has no authentication; configuring one is strongly advised.",
      here: here`${problem("vrops/no-authentication")} in the plan, ${rule("authentication-required")} in reviews.`,
    },
    {
      says: "A Test button tests the configuration; afterwards look whether the mail was received.",
      here: here`${attribute(TEST, "via")} runs vROps' own test, ${attribute(TEST, "imap")} looks into the mailbox; ${construct("AlertMail.testAfterDeploy")}.`,
    },
    {
      says: "The configured alert appears in the summary; an existing one can be edited.",
      here: here`A change is an update in place; what exists is adopted by ${command("import")}, edits by hand are found by ${command("reconcile")}.`,
    },
    {
      says: "The purpose is alerts and reports by mail.",
      here: here`Alerts by ${type(RULE)}. Reports are not managed: ${page("vrops.md#out-of-scope", "out of scope")}, where it also says what becomes of a plugin that a report uses.`,
    },
  ],
};
