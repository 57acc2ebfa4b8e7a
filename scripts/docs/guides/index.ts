import { hostedVrops } from "./hosted-vrops";
import { ksaar } from "./ksaar";
import type { Guide } from "./place";
import { uipathAlertMails } from "./uipath-alert-mails";
import { uipathSystemMails } from "./uipath-system-mails";
import { uptrendsAlertops } from "./uptrends-alertops";

/** The vendors' guides that this package replaces by code, statement by statement. */
export const guides: readonly Guide[] = [hostedVrops, uipathAlertMails, uipathSystemMails, uptrendsAlertops, ksaar];
