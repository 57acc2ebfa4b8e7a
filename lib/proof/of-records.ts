import type { Ending } from "./ending";
import type { PublishedRecord } from "../mail/alignment/sender-records";
import type { ChainProof, Proof } from "./proof";

const FIX: Readonly<Record<PublishedRecord["kind"], string>> = {
  SPF: "Publish it again, or look whether all that sends for the domain still stands in it.",
  DMARC: "Publish it again, or look whether the stricter policy still lets your alerts pass.",
  "DKIM key": "Publish the key again, or have the relay sign by the selector that is published now.",
};

/**
 * Published records that are gone, or that have changed since the proof `before`. Without an earlier proof: those that
 * are gone or could not be read.
 */
export function endingsOfRecords({ chains }: Proof, before: Proof | undefined): Ending[] {
  const earlier = new Map(
    (before?.chains ?? []).flatMap(({ records = [] }) => records).map((one) => [keyOf(one), one]),
  );
  return chains.flatMap((chain) =>
    (chain.records ?? []).flatMap((record) => of(chain, record, before && (earlier.get(keyOf(record)) ?? "new"))),
  );
}

const keyOf = ({ kind, name }: PublishedRecord) => `${kind} ${name}`;

function of(
  { address }: ChainProof,
  { kind, name, value, unknown }: PublishedRecord,
  /** `new`: the earlier proof did not read it. Undefined: there is no earlier proof. */
  earlier: PublishedRecord | "new" | undefined,
): Ending[] {
  const was = earlier === "new" ? undefined : earlier;
  const ending = { kind: "record", paths: [address], subject: `${kind} at ${name}`, fix: FIX[kind] } as const;
  // A selector is named because mail is signed with it; SPF and DMARC are optional.
  const missed = earlier !== undefined || kind === "DKIM key";
  if (unknown !== undefined) return [{ ...ending, state: missed ? "unknown" : "untold", reason: unknown }];
  const known = was !== undefined && was.unknown === undefined ? was.value : kind === "DKIM key" ? "a key" : null;
  if (value === null && known !== null)
    return [{ ...ending, state: "ended", reason: `nothing is published, it was ${known}` }];
  if (was === undefined || was.unknown !== undefined || was.value === value) return [];
  return [{ ...ending, state: "changed", reason: `it was ${was.value ?? "nothing"}, it is ${value ?? "nothing"}` }];
}
