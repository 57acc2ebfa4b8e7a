import { attribute, here, page, problem, rule, type, type Guide } from "./place";

const MAIL = "outbound_uipath_system_mail";

/** @see https://docs.uipath.com/orchestrator (Configuring system email settings) */
export const uipathSystemMails: Guide = {
  id: "S2",
  title: "UiPath: system mail settings of host and organization",
  about: "UiPath itself shall send its mails, those of alerts too in newer releases.",
  statements: [
    {
      says: "System mails are about passwords, licences, updates and alerts of resources.",
      here: here`${type(MAIL)}; which mails leave by it: ${page("uipath-mail.md#which-settings-alerts-leave-by", "by release and edition")}.`,
    },
    {
      says: "There are two levels: the host's holds for all organizations, an organization may override it.",
      here: here`${attribute(MAIL, "scope")}: \`host\` or \`organization\`, with ${attribute(MAIL, "organization_id")}.`,
    },
    {
      says: "They are set in the host portal, as system administrator, under the global settings.",
      here: here`The provider logs in as such: ${page("uipath-mail.md#where-the-identity-service-is", "login and address")}; a login without the right is told so.`,
    },
    {
      says: "Fields: host, domain, port, user and password (both may be empty), the sender's address and name.",
      here: here`${attribute(MAIL, "smtp_host")}, ${attribute(MAIL, "domain")}, ${attribute(MAIL, "smtp_port")}, ${attribute(MAIL, "username")}, ${attribute(MAIL, "password_wo")}, ${attribute(MAIL, "sender_address")}, ${attribute(MAIL, "sender_name")}; without a login ${problem("uipath/no-authentication")} warns.`,
    },
    {
      says: "A secure connection needs a TLS certificate of the SMTP domain; ports 587 and 80 must be open during installation.",
      here: here`${attribute(MAIL, "enable_ssl")}; ${page("uipath-mail.md#ports", "why port 80")}.`,
    },
    {
      says: "Google: smtp.gmail.com, port 587, an application password; sender and user are equal.",
      here: here`${rule("sender-matches-account")}, ${rule("retired-authentication")}; ${page("mail-diagnosis.md", "the diagnosis")} knows how Gmail refuses.`,
    },
  ],
};
