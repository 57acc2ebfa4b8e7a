/** Telling somebody what a scheduled check found, by ways that do not depend on the mail that may be broken. */
export { runLink, type AnnouncedState, type Announcement } from "./announcement";
export type { MailNotice } from "./mail";
export { announce, type Told } from "./notify";
export type { NotifyRuntime } from "./runtime";
export { nameOf, readWay, wayKinds, type Way } from "./way";
