import type { SettingReference } from "../../../core/prose";

/** A setting that a remedy of the mail diagnosis may ask to change. */
export type MailSetting =
  | "smtp_host"
  | "smtp_port"
  | "security"
  | "username"
  | "password_wo"
  | "password_wo_version"
  | "auth_mechanism"
  | "from_address"
  | "to"
  | "timeout_seconds"
  | "imap.username"
  | "imap.password_wo"
  | "imap.security"
  | "imap.port"
  | "imap.access_token";

export const setting = (name: MailSetting, value?: string): SettingReference => ({
  setting: name,
  ...(value === undefined ? {} : { value }),
});

/** Applies only where passwords are write-only. */
export const sendPasswordAgain = {
  clause: [", and raise ", setting("password_wo_version"), " after changing it"],
} as const;
