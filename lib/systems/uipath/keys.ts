/** The keys of the Identity service's mail settings. */
export const SYSTEM_KEYS = {
  host: "Email.Smtp.Host",
  port: "Email.Smtp.Port",
  username: "Email.Smtp.UserName",
  password: "Email.Smtp.Password",
  domain: "Email.Smtp.Domain",
  enableSsl: "Email.Smtp.EnableSsl",
  useDefaultCredentials: "Email.Smtp.UseDefaultCredentials",
  senderAddress: "Email.Smtp.FromEmail",
  senderName: "Email.Smtp.FromDisplayName",
  connectionTimeout: "Email.Smtp.ConnectionTimeout",
} as const;

/** The names of a tenant's mail settings in Orchestrator. */
export const TENANT_KEYS = {
  host: "Abp.Net.Mail.Smtp.Host",
  port: "Abp.Net.Mail.Smtp.Port",
  username: "Abp.Net.Mail.Smtp.UserName",
  password: "Abp.Net.Mail.Smtp.Password",
  domain: "Abp.Net.Mail.Smtp.Domain",
  enableSsl: "Abp.Net.Mail.Smtp.EnableSsl",
  useDefaultCredentials: "Abp.Net.Mail.Smtp.UseDefaultCredentials",
  senderAddress: "Abp.Net.Mail.DefaultFromAddress",
  senderName: "Abp.Net.Mail.DefaultFromDisplayName",
} as const;

/** Not one of the mail settings proper: it stays as declared even when the host's settings are used. */
export const ALERTS_ENABLED = "Alerts.Email.Enabled";
