import { testEmailSchema } from "../mail";
import { kindOf } from "../systems/kinds";
import type { Entry } from "./detection";
import { receiversSentence, type ChainProof, type Proof } from "../proof/proof";

/**
 * Combines the entries with a proof: what is as declared and lets no mail through is broken, and a way that could not
 * be tested is unknown. What differs from the code keeps its bucket, and gets both reasons.
 */
export function withProof(entries: readonly Entry[], proof: Proof | undefined): Entry[] {
  if (proof === undefined) return [...entries];
  const chains = new Map(proof.chains.map((chain) => [chain.address, chain]));
  const told = entries.map((entry) => {
    const chain = entry.address === undefined ? undefined : chains.get(entry.address);
    return chain === undefined ? entry : proved(entry, chain);
  });
  const known = new Set(entries.map(({ address }) => address));
  const rest = proof.chains.filter(({ address }) => !known.has(address));
  return [...told, ...rest.map((chain) => proved(entryOf(chain), chain))];
}

function proved(entry: Entry, chain: ChainProof): Entry {
  const reason = sentence(chain);
  if (chain.state === "through") return entry;
  if (entry.bucket !== "in-sync" && entry.bucket !== "unknown") return { ...entry, warning: `mail: ${reason}` };
  return { ...entry, bucket: chain.state, reason, ...(entry.expected === undefined ? {} : { expected: false }) };
}

/** Makes an entry for a test or probe: it has none while nothing else differs. */
function entryOf({ address }: ChainProof): Entry {
  const type = /(?:^|\.)(?<type>outbound_\w+)\./.exec(address)?.groups?.["type"] ?? testEmailSchema.type;
  return { bucket: "in-sync", type, kind: kindOf(type), address };
}

/** The verdict, the refused receivers by name, and what to do. */
function sentence({ verdict, stages, receivers }: ChainProof): string {
  const refused = receivers.filter(({ status }) => ["refused", "deferred"].includes(status));
  const remedies = stages.flatMap(({ status, remedy }) =>
    status === "failed" && remedy !== undefined ? [remedy] : [],
  );
  const who = refused.length === 0 ? undefined : receiversSentence(receivers);
  return [verdict, who, ...new Set(remedies)]
    .filter((part) => part !== undefined)
    .map((part) => (part.endsWith(".") ? part : `${part}.`))
    .join(" ");
}
