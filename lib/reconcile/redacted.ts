import type { Redactor } from "../core/redaction";
import type { Detection, Difference, Entry } from "./detection";

/**
 * A detection fit to be shown, after everything in it has been compared: ids and names are compared as they are. What the
 * code of this package has put in, such as buckets, types and hashes, holds no secret and stays as it is.
 */
export function redactedDetection(detection: Detection, redactor: Redactor): Detection {
  const text = (some: string) => redactor.redact(some);
  return {
    ...detection,
    entries: detection.entries.map((entry) => redactedEntry(entry, text)),
    coverage: detection.coverage.map((share) => ({ ...share, title: text(share.title) })),
    followUps: detection.followUps.map(text),
  };
}

function redactedEntry(entry: Entry, text: (some: string) => string): Entry {
  const { address, id, name, provider, reason, differences, warning } = entry;
  return {
    ...entry,
    ...(address === undefined ? {} : { address: text(address) }),
    ...(id === undefined ? {} : { id: text(id) }),
    ...(name === undefined ? {} : { name: text(name) }),
    ...(provider === undefined ? {} : { provider: text(provider) }),
    ...(reason === undefined ? {} : { reason: text(reason) }),
    ...(warning === undefined ? {} : { warning: text(warning) }),
    ...(differences === undefined ? {} : { differences: differences.map((one) => redactedDifference(one, text)) }),
  };
}

function redactedDifference({ attribute, was, is }: Difference, text: (some: string) => string): Difference {
  return { attribute, was: text(was), is: text(is) };
}
