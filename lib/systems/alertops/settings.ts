import { bool, string } from "../../terraform-plugin/schema";
import { addressIn, baseOf } from "../kit/address";
import { caAttribute, caVariable } from "../kit/certificate-authority";
import { defineSettings, type SettingsOf } from "../kit/settings";
import { alertOpsWords } from "./words";

/** The provider's `alertops` attribute. */
export const alertOpsSettings = defineSettings({
  attributes: {
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
    ca_certificate: caAttribute("AlertOps, or of a proxy before it"),
  },
  environment: {
    url: "ALERTOPS_URL",
    api_key: "ALERTOPS_API_KEY",
    notify_url: "ALERTOPS_NOTIFY_URL",
    test_alerts: "ALERTOPS_TEST_ALERTS",
    ca_certificate: caVariable("alertops"),
  },
  required: ["api_key"],
  defaults: { url: "https://api.alertops.com", test_alerts: false },
  realm: { settings: ["url"], place: ({ url }) => (url === null ? undefined : [apiUrl(url)]) },
});

export type AlertOpsSettings = typeof alertOpsSettings;

/** The settings in the form that the client needs. */
export interface AlertOpsConnection {
  readonly baseUrl: string;
  readonly apiKey: string;
  readonly notifyUrl?: string;
  readonly testAlerts: boolean;
}

/** @throws ProblemError `alertops/bad-url` */
export const connectionOf = ({
  url,
  api_key,
  notify_url,
  test_alerts,
}: SettingsOf<AlertOpsSettings>): AlertOpsConnection => ({
  baseUrl: apiUrl(url),
  apiKey: api_key,
  ...(notify_url === null
    ? {}
    : { notifyUrl: baseOf(addressIn(alertOpsWords, "notify_url", notify_url, "https://notify.alertops.com")) }),
  testAlerts: test_alerts,
});

/** The API's URL: users paste it with and without the API's prefix. */
const apiUrl = (text: string): string =>
  baseOf(addressIn(alertOpsWords, "url", text, "https://api.alertops.com")).replace(/\/api\/v2$/, "");
