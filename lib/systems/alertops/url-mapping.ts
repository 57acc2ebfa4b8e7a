import { canonicalSet } from "../../terraform-plugin/values";
import type { InboundIntegration } from "./contract";
import type { UrlMapping } from "./url-mapping.schema";

type Fields = Readonly<Record<string, unknown>>;

const TEXTS = ["source", "source_name", "source_id", "source_status", "subject", "long_text"] as const;
const CONDITIONS = ["open_alert_when", "close_alert_when", "update_alert_when"] as const;

/**
 * The mapping that AlertOps shows for an integration; undefined where it shows none, which need not mean that none exists.
 */
export function shownMapping(held: InboundIntegration): Fields | undefined {
  const mapping = fields(fields(held["api_settings"])?.["url_mapping"]);
  return mapping && (text(mapping["source_id"]) ?? text(mapping["source_status"])) !== null ? mapping : undefined;
}

/**
 * The mapping in the state. Fields that are not declared are not managed.
 *
 * @param declared null: all fields that AlertOps shows
 */
export function mappingState(shown: Fields, declared: UrlMapping | null): UrlMapping {
  const texts = TEXTS.map((name) => [name, declared?.[name] === null ? null : text(shown[name])]);
  const conditions = CONDITIONS.map((name) => [
    name,
    declared?.[name] === null ? null : conditionState(fields(shown[name]), name, declared?.open_alert_when.field_name),
  ]);
  // Required fields that AlertOps does not show are null, contrary to their type: null differs from any declared value.
  return Object.fromEntries([...texts, ...conditions]) as unknown as UrlMapping;
}

/** The mapping that a user would declare, without the values that AlertOps adds by itself. */
export function importedMapping(shown: Fields, name: string): UrlMapping {
  const all = mappingState(shown, null);
  const { source, source_name, source_status, open_alert_when: open } = all;
  return {
    ...all,
    source: source === name ? null : source,
    source_name: shown["static"] === true ? null : source_name,
    open_alert_when: open && { ...open, field_name: open.field_name === source_status ? null : open.field_name },
  };
}

/** The present mapping overlaid with the declared one. AlertOps always requires a source and a source name. */
export function mappingBody(declared: UrlMapping, name: string, shown: Fields = {}): Fields {
  const source = declared.source ?? text(shown["source"]) ?? name;
  const named = declared.source_name ?? text(shown["source_name"]);
  const texts = TEXTS.flatMap((one) => (declared[one] === null ? [] : [[one, declared[one]]]));
  const conditions = CONDITIONS.flatMap((one) => {
    const condition = declared[one];
    return condition === null
      ? []
      : [[one, Object.fromEntries(Object.entries(condition).filter(([, value]) => value !== null))]];
  });
  return {
    method: "POST",
    content: "JSON",
    ...shown,
    ...(named === null ? { source_name: source, static: true } : {}),
    ...(declared.source_name === null ? {} : { static: false }),
    ...Object.fromEntries([...texts, ...conditions]),
    source,
  };
}

function conditionState(shown: Fields | undefined, name: string, fieldName: string | null | undefined) {
  if (shown === undefined) return null;
  const values = Array.isArray(shown["values"]) ? shown["values"].filter((one) => typeof one === "string") : [];
  const compared = { type: text(shown["type"]), values: canonicalSet(values) };
  if (name !== "open_alert_when") return compared;
  return { field_name: fieldName === null ? null : text(shown["field_name"]), ...compared };
}

const fields = (value: unknown): Fields | undefined =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Fields) : undefined;
const text = (value: unknown): string | null => (typeof value === "string" && value !== "" ? value : null);
