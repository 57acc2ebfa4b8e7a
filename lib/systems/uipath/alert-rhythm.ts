/** When alerts leave by mail, in words that go into messages and descriptions; `docs/uipath-mail.md` says more. */

/** The tenant's time zone, which the times in alert mails are in. */
export const TIME_ZONE = "Abp.Timing.TimeZone";

/** @see https://docs.uipath.com/orchestrator/automation-suite/2024.10/user-guide/alert-emails */
export const ALERT_RHYTHM =
  "Alerts come otherwise: those of severity Error and Fatal in a summary every ten minutes, all in a daily report, with times in the tenant's time zone";
