/** Notifies people of what a scheduled check found, by channels that do not depend on the mail that may be broken. */
export { runLink, type Announcement } from "./announcement";
export type { MailNotice } from "./mail";
export { announce } from "./notify";
export type { NotifyRuntime } from "./runtime";
export { nameOf, readChannel, type NotificationChannel } from "./channel";
