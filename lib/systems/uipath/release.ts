import type { HttpResponse } from "../../http/types";
import type { GroupMembers } from "./alert-receivers.errors";

/** Which UiPath this is, as far as it tells. */
export interface Release {
  /** By its address. */
  readonly isCloud: boolean;
  /** Version of Orchestrator's Web API: 11 is 2020.10, 15 is 2022.10. Undefined where it does not say. */
  readonly apiVersion: number | undefined;
}

/** The first release whose manual sends to the Identity service for alert mails: 2022.10. */
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
 * Whether alerts may leave by other settings than the tenant's: nobody but a real alert tells. UiPath's pages contradict
 * one another from 2022.10 on; what is known of each release stands in `docs/uipath-mail.md`.
 *
 * @see https://docs.uipath.com/orchestrator/standalone/2022.10/user-guide/setting-up-alert-emails
 */
export const mayIgnoreTenantMail = ({ isCloud, apiVersion = 0 }: Release): boolean =>
  isCloud || apiVersion >= IDENTITY_MAIL_VERSION;

/** For messages. */
export const releaseName = ({ isCloud, apiVersion }: Release): string =>
  isCloud
    ? "UiPath's cloud"
    : apiVersion === undefined
      ? "an Orchestrator that does not tell its version"
      : `an Orchestrator with Web API ${apiVersion}${apiVersion >= IDENTITY_MAIL_VERSION ? " (2022.10 or later)" : ""}`;

/**
 * Whether members of a group that may view alerts get mails: no in 2021.10 to 2022.10, whose manuals say that alert
 * permissions are not inherited, yes from 2024 on, whose manual speaks of mails to groups.
 *
 * @see https://docs.uipath.com/orchestrator/standalone/2021.10/user-guide/setting-up-alert-emails
 * @see https://docs.uipath.com/orchestrator/automation-suite/2024.10/user-guide/alert-emails
 */
export function groupMembersReceive(apiVersion: number | undefined): GroupMembers {
  if (apiVersion === undefined) return "unknown";
  if (apiVersion >= 13 && apiVersion <= 15) return "no";
  return apiVersion >= 18 ? "yes" : "unknown";
}
