import type { HttpResponse } from "../../http/types";
import type { GroupMembers } from "./alert-receivers.errors";

/** The release of a UiPath, as far as it is known. */
export interface Release {
  /** Determined by its address. */
  readonly isCloud: boolean;
  /** The version of Orchestrator's Web API: 11 is 2020.10, 15 is 2022.10. Undefined where it is not returned. */
  readonly apiVersion: number | undefined;
}

/** The first release whose manual refers to the Identity service for alert mails: 2022.10. */
const IDENTITY_MAIL_VERSION = 15;

/** The highest version in the header `api-supported-versions`, such as "20.0" or "1.0, 20.0". */
export function apiVersionIn(headers: HttpResponse["headers"]): number | undefined {
  const versions = (headers["api-supported-versions"] ?? "")
    .split(",")
    .map((version) => Number.parseInt(version.trim(), 10))
    .filter((version) => version > 0);
  return versions.length === 0 ? undefined : Math.max(...versions);
}

/**
 * Whether alerts may use settings other than the tenant's: only a real alert shows it. UiPath's pages contradict one another
 * from 2022.10 on; `docs/uipath-mail.md` has what is known of each release.
 *
 * @see https://docs.uipath.com/orchestrator/standalone/2022.10/user-guide/setting-up-alert-emails
 */
export const mayIgnoreTenantMail = ({ isCloud, apiVersion = 0 }: Release): boolean =>
  isCloud || apiVersion >= IDENTITY_MAIL_VERSION;

/** The release in messages. */
export const releaseName = ({ isCloud, apiVersion }: Release): string =>
  isCloud
    ? "UiPath's cloud"
    : apiVersion === undefined
      ? "an Orchestrator that does not tell its version"
      : `an Orchestrator with Web API ${apiVersion}${apiVersion >= IDENTITY_MAIL_VERSION ? " (2022.10 or later)" : ""}`;

/**
 * Whether members of a group that may view alerts get mails: no in 2021.10 to 2022.10, whose manuals say that alert
 * permissions are not inherited, yes from 2024 on, whose manual mentions mails to groups.
 *
 * @see https://docs.uipath.com/orchestrator/standalone/2021.10/user-guide/setting-up-alert-emails
 * @see https://docs.uipath.com/orchestrator/automation-suite/2024.10/user-guide/alert-emails
 */
export function groupMembersReceive(apiVersion: number | undefined): GroupMembers {
  if (apiVersion === undefined) return "unknown";
  if (apiVersion >= 13 && apiVersion <= 15) return "no";
  return apiVersion >= 18 ? "yes" : "unknown";
}
