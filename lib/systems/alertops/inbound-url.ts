import type { InboundIntegration } from "./contract";
import type { AlertOpsConnection } from "./settings";
import { shownMapping } from "./url-mapping";
import type { UrlSource } from "./inbound-integration.schema";

/** The URL an integration receives alerts at. Whoever knows it can raise alerts. */
export interface InboundUrl {
  readonly url: string;
  readonly source: UrlSource;
}

/**
 * The members of an answer that may hold the URL: the model that AlertOps published has no field for it, so every plausible
 * name is tried.
 */
const URL_FIELDS = ["api_url", "inbound_url", "integration_url", "endpoint_url", "post_url", "url"];
/** The members that may hold the key in the URL, when it is not the account's. */
const KEY_FIELDS = ["api_key", "integration_key", "inbound_key", "key"];

/** The URL that AlertOps shows, else one derived from the setting for the alerts' address; undefined without either. */
export function inboundUrl(
  integration: InboundIntegration,
  { notifyUrl, apiKey }: Pick<AlertOpsConnection, "notifyUrl" | "apiKey">,
): InboundUrl | undefined {
  const told = field(integration, URL_FIELDS);
  if (told !== undefined && /^https?:\/\//.test(told)) return { url: told, source: "api" };
  if (notifyUrl === undefined) return undefined;
  const base = /\/POSTAlert$/i.test(notifyUrl) ? notifyUrl : `${notifyUrl}/POSTAlert`;
  const key = field(integration, KEY_FIELDS) ?? apiKey;
  // By AlertOps' guide to field mapping, the URL ends with the source; the URLs of public clients end with a name of that
  // kind.
  const end = shownMapping(integration)?.["source"];
  const name = typeof end === "string" && end !== "" ? end : integration.inbound_integration_name;
  return { url: `${base}/${encodeURIComponent(key)}/${encodeURIComponent(name)}`, source: "derived" };
}

function field(integration: InboundIntegration, names: readonly string[]): string | undefined {
  const places = [integration, integration["api_settings"]].filter(
    (place): place is Record<string, unknown> => typeof place === "object" && place !== null,
  );
  for (const place of places) {
    for (const name of names) {
      const value = place[name];
      if (typeof value === "string" && value !== "") return value;
    }
  }
  return undefined;
}
