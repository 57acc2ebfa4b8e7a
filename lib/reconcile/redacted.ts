import type { Redactor } from "../core/redaction";
import type { Detection, Difference, Entry } from "./detection";
import type { Horizon } from "../proof/ending";
import type { Proof } from "../proof/proof";

/**
 * Redacts a detection after everything in it has been compared: comparisons need ids and names unchanged. What this
 * package itself has written, such as buckets, types and hashes, holds no secret and stays.
 */
export function redactedDetection(detection: Detection, redactor: Redactor): Detection {
  const text = (some: string) => redactor.redact(some);
  return {
    ...detection,
    entries: detection.entries.map((entry) => redactedEntry(entry, text)),
    coverage: detection.coverage.map((share) => ({ ...share, title: text(share.title) })),
    followUps: detection.followUps.map(text),
    ...(detection.proof === undefined ? {} : { proof: redactedProof(detection.proof, text) }),
    ...(detection.horizon === undefined ? {} : { horizon: redactedHorizon(detection.horizon, text) }),
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

const redactedProof = ({ mode, chains }: Proof, text: (some: string) => string): Proof => ({
  mode,
  chains: chains.map((chain) => ({
    ...chain,
    address: text(chain.address),
    ...(chain.server === undefined ? {} : { server: text(chain.server) }),
    verdict: text(chain.verdict),
    stages: chain.stages.map((stage) => ({
      ...stage,
      name: text(stage.name),
      detail: text(stage.detail),
      ...(stage.remedy === undefined ? {} : { remedy: text(stage.remedy) }),
    })),
    receivers: chain.receivers.map((one) => ({ ...one, address: text(one.address) })),
    certificates: chain.certificates.map((one) => ({ ...one, server: text(one.server), name: text(one.name) })),
    ...(chain.unseen === undefined
      ? {}
      : { unseen: chain.unseen.map(({ server, reason }) => ({ server: text(server), reason: text(reason) })) }),
    leftOut: chain.leftOut.map(text),
    ...(chain.rules === undefined
      ? {}
      : {
          rules: chain.rules.map((one) => ({
            ...one,
            name: text(one.name),
            ...(one.reason === undefined ? {} : { reason: text(one.reason) }),
          })),
        }),
    ...(chain.records === undefined
      ? {}
      : {
          records: chain.records.map((one) => ({ ...one, name: text(one.name), value: one.value && text(one.value) })),
        }),
  })),
});

const redactedHorizon = ({ until, endings }: Horizon, text: (some: string) => string): Horizon => ({
  until,
  endings: endings.map((ending) => ({
    ...ending,
    paths: ending.paths.map(text),
    subject: text(ending.subject),
    ...(ending.reason === undefined ? {} : { reason: text(ending.reason) }),
  })),
});

function redactedDifference({ attribute, was, is }: Difference, text: (some: string) => string): Difference {
  return { attribute, was: text(was), is: text(is) };
}
