import { attribute, command, here, page, rule, type, type Guide } from "./place";

const MAIL = "outbound_uipath_tenant_mail";
const RECEIVERS = "outbound_uipath_alert_receivers";
const TEST = "outbound_test_email";

/** @see https://docs.uipath.com/orchestrator (Setting up alert emails) */
export const uipathAlertMails: Guide = {
  id: "S1",
  title: "UiPath Orchestrator: setting up alert emails",
  about: "A tenant of Orchestrator shall mail its alerts to its accounts.",
  statements: [
    {
      says: "Accounts can subscribe to ten-minute and daily alert reports.",
      here: here`An account's own preferences are not managed; who gets mails is read by ${type(RECEIVERS)}: ${page("uipath-mail.md#when-mails-come", "when mails come")}.`,
    },
    {
      says: "Needed are a valid mail address, the permission to view alerts, and right mail settings.",
      here: here`${type(RECEIVERS)} reads address and permission, ${type(MAIL)} makes the settings; ${page("uipath-mail.md#who-gets-them", "who gets them")}.`,
    },
    {
      says: "Known issue: mails to groups may be in English, whatever the members' language.",
      here: here`${page("uipath-mail.md#when-mails-come", "said on the page")} where somebody waits for a mail.`,
    },
    {
      says: "Tenant, Settings, Mail: enable alert mails.",
      here: here`${attribute(MAIL, "alerts_enabled")}.`,
    },
    {
      says: "An own SMTP server by custom settings; from custom to default and back, every value is lost.",
      here: here`${attribute(MAIL, "mode")}: \`custom\` or \`default\`. The values stand in the code, so nothing is lost.`,
    },
    {
      says: "Gmail: make an application password with the account that shall send.",
      here: here`${rule("sender-matches-account")} warns of a sender that is not the account; ${page("mail-diagnosis.md", "the diagnosis")} knows how Gmail refuses an ordinary password.`,
    },
    {
      says: "Fields: SSL, host, domain, port, user, password, default sender and its name; 465 with SSL, 587 without.",
      here: here`${attribute(MAIL, "enable_ssl")}, ${attribute(MAIL, "smtp_host")}, ${attribute(MAIL, "domain")}, ${attribute(MAIL, "smtp_port")}, ${attribute(MAIL, "username")}, ${attribute(MAIL, "password_wo")}, ${attribute(MAIL, "sender_address")}, ${attribute(MAIL, "sender_name")}. 587 means STARTTLS, with \`enable_ssl\` on: the guide's "587 without SSL" is a mistake.`,
    },
    {
      says: "Ports differ by server: ask its administrator.",
      here: here`${command("probe")} asks the server itself.`,
    },
    {
      says: "Saving asks whether to go on without a test.",
      here: here`The test belongs to the deployment: ${type(TEST)}; without one ${rule("test-email-present")} speaks.`,
    },
    {
      says: "Afterwards all accounts with an address and the permission get a mail for every Fatal or Error alert, and a daily report.",
      here: here`${type(RECEIVERS)} warns in the plan when an expected address is not among them.`,
    },
    {
      says: "Test Mail Settings sends to an address and tells sent or an error; look into the inbox; testing does not save.",
      here: here`${attribute(TEST, "via")} runs this test after the settings were saved, ${attribute(TEST, "imap")} looks into the inbox.`,
    },
  ],
};
