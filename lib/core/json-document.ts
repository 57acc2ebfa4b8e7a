import { printableJson } from "./printable";

/**
 * What every JSON output of `outbound` begins with.
 *
 * @typeParam Format `outbound-review/1`: what it is, and the version of its fields. The number rises when a field is renamed
 * or removed, gets another type, or means something else; fields are added without that.
 */
export interface JsonDocument<Format extends `outbound-${string}/${number}`> {
  /** What this document is, and the version of its fields. */
  readonly format: Format;
}

/** The text of a document, with a line break at its end. */
export function jsonText(document: JsonDocument<`outbound-${string}/${number}`>): string {
  return `${printableJson(document, 2)}\n`;
}
