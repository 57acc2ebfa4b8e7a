import { ProblemError } from "../../core/problem";
import { bool, string, type ObjectOf } from "../../terraform-plugin/schema";
import { safeBaseUrl } from "../../http/url";
import { realmOf } from "../kit/realm";
import type { Runtime } from "../kit/system";
import { missingSetting } from "./errors";

/** The provider's `alertops` attribute. */
export const alertOpsSettings = {
  url: string("optional", {
    description: "The address of the AlertOps API. Unset: `https://api.alertops.com`.",
  }),
  api_key: string("optional", {
    description:
      "The API key, sent in the header `api-key`; AlertOps shows it in the profile or subscription settings.",
    sensitive: true,
  }),
  notify_url: string("optional", {
    description:
      "The address AlertOps receives alerts at, such as `https://notify.alertops.com`. Set it to have an integration's URL worked out as `<notify_url>/POSTAlert/<api_key>/<name>` where AlertOps does not tell it; compare the first one with the URL that AlertOps shows. Unset: never worked out.",
  }),
  test_alerts: bool("optional", {
    description:
      "Whether `outbound_test_email` may open (and close) a test alert through an integration named in `via`. It may page people. Unset: no.",
  }),
};

export type AlertOpsSettings = typeof alertOpsSettings;

/** The variable that stands in for each field left out. */
export const alertOpsEnvironment = {
  url: "ALERTOPS_URL",
  api_key: "ALERTOPS_API_KEY",
  notify_url: "ALERTOPS_NOTIFY_URL",
  test_alerts: "ALERTOPS_TEST_ALERTS",
} as const;

/** Settings complete and in the form the client uses. */
export interface AlertOpsConnection {
  readonly baseUrl: string;
  readonly apiKey: string;
  readonly notifyUrl?: string;
  readonly testAlerts: boolean;
}

/** @throws ProblemError `alertops/missing-setting`, naming attribute and variable */
export function connectionOf(
  settings: ObjectOf<AlertOpsSettings>,
  { environment }: Pick<Runtime, "environment">,
): AlertOpsConnection {
  const text = (field: "url" | "api_key" | "notify_url") =>
    settings[field] || environment[alertOpsEnvironment[field]] || undefined;
  const apiKey = text("api_key");
  if (apiKey === undefined) throw new ProblemError(missingSetting("api_key", alertOpsEnvironment.api_key));
  const notifyUrl = text("notify_url")?.replace(/\/+$/, "");
  return {
    baseUrl: apiUrl(text("url")),
    apiKey,
    ...(notifyUrl === undefined ? {} : { notifyUrl }),
    testAlerts: settings.test_alerts ?? /^(true|1)$/i.test(environment[alertOpsEnvironment.test_alerts] ?? ""),
  };
}

export const alertOpsRealm = realmOf(alertOpsSettings, ["url"], ({ url }) => [apiUrl(url)]);

/** Both forms are pasted: with the API's prefix and without. */
function apiUrl(text: string | null | undefined): string {
  return safeBaseUrl("AlertOps", text || "https://api.alertops.com").replace(/\/api\/v2$/, "");
}
