import { printableJson } from "./printable";

/**
 * The part that every JSON output of `outbound` begins with.
 *
 * @typeParam Format `outbound-review/1`: the kind of document and the version of its fields. The number rises when a field
 * is renamed or removed, gets another type, or means something else; new fields do not raise it.
 */
export interface JsonDocument<Format extends `outbound-${string}/${number}`> {
  /** The kind of document and the version of its fields. */
  readonly format: Format;
}

/** The text of a document, with a line break at its end. */
export function jsonText(document: JsonDocument<`outbound-${string}/${number}`>): string {
  return `${printableJson(document, 2)}\n`;
}
