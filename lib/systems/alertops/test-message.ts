import type { InboundIntegration } from "./contract";
import { mappingState, shownMapping } from "./url-mapping";
import type { UrlMapping } from "./url-mapping.schema";

const TEXT = "Test alert of the outbound provider; closed at once. No action is needed.";

/**
 * A message that opens or closes a test alert, in the form that the integration reads: by its mapping where AlertOps shows
 * one. Otherwise it combines the two known forms, which do not conflict: the generic one of public clients, and the one that
 * Uptrends sends and the predefined Uptrends integration reads.
 */
export function testMessage(
  held: InboundIntegration,
  action: "open" | "close",
  sourceId: string,
): Record<string, unknown> {
  const shown = shownMapping(held);
  const mapping = shown && mappingState(shown, null);
  return mapping?.source_id && mapping.source_status
    ? mappedMessage(mapping, action, sourceId)
    : {
        source: "outbound",
        source_id: sourceId,
        source_status: action,
        description: TEXT,
        incidentKey: sourceId,
        alertType: action === "open" ? "Alert" : "Ok",
      };
}

function mappedMessage(mapping: UrlMapping, action: "open" | "close", sourceId: string): Record<string, unknown> {
  const { open_alert_when: opens, close_alert_when: closes } = mapping;
  const condition = action === "open" ? opens : closes;
  const field = (action === "open" && opens?.field_name) || mapping.source_status;
  const message: Record<string, unknown> = { description: TEXT };
  put(message, mapping.source_name, "outbound");
  put(message, mapping.subject, TEXT);
  put(message, mapping.long_text, TEXT);
  put(message, mapping.source_id, sourceId);
  put(message, field, condition?.values[0] ?? action);
  return message;
}

/** Sets a field; `issue^id` is the `id` within `issue`. */
function put(message: Record<string, unknown>, field: string | null, value: string): void {
  if (field === null) return;
  const names = field.split("^");
  const last = names.pop()!;
  let within = message;
  for (const name of names) within = (within[name] ??= {}) as Record<string, unknown>;
  within[last] = value;
}
