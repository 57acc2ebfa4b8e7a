import type { StoredInboundIntegration } from "./integration-store";
import type { AlertOpsSimulatorOptions } from "./options";

/** The rules by which an integration reads messages. */
export interface MessageReading {
  readonly source: string;
  readonly sourceId: string;
  opens(message: Readonly<Record<string, unknown>>): boolean;
  closes(message: Readonly<Record<string, unknown>>): boolean;
}

type Fields = Readonly<Record<string, unknown>>;

/**
 * The rules of its own mapping, else of its template; undefined where it has neither: messages are then accepted and
 * ignored.
 */
export function readingOf(
  { held }: StoredInboundIntegration,
  { templates }: AlertOpsSimulatorOptions,
): MessageReading | undefined {
  const own = (held["api_settings"] as Fields | undefined)?.["url_mapping"] as Fields | null | undefined;
  const template = templates.find(({ id }) => id === held["inbound_template_id"]);
  const mapping = (own?.["source_id"] === undefined ? undefined : own) ?? template?.mapping;
  if (mapping === undefined) return undefined;
  const status = String(mapping["source_status"] ?? "");
  const meets = (name: string) => {
    const condition = mapping[name] as Fields | null | undefined;
    const field = String(condition?.["field_name"] || status);
    return (message: Fields) =>
      condition !== null && condition !== undefined && isMet(condition, valueAt(message, field));
  };
  return {
    source: String(mapping["source"] ?? ""),
    sourceId: String(mapping["source_id"]),
    opens: meets("open_alert_when"),
    closes: meets("close_alert_when"),
  };
}

/** The value of a field; `issue^id` is the `id` within `issue`. */
export function valueAt(message: Fields, field: string): string {
  const value = field
    .split("^")
    .reduce<unknown>((within, name) => (within as Fields | null | undefined)?.[name], message);
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}

function isMet({ type, values }: Fields, value: string): boolean {
  const wanted = (Array.isArray(values) ? values : []).map((one) => String(one).toLowerCase());
  const given = value.toLowerCase();
  return /contain/i.test(String(type)) ? wanted.some((one) => given.includes(one)) : wanted.includes(given);
}
