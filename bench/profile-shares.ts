/** A profile of V8, as far as it is read. */
export interface Profile {
  readonly nodes: readonly ProfileNode[];
  /** The ids of the nodes that were seen, one after the other. */
  readonly samples: readonly number[];
  /** Microseconds from one to the next. */
  readonly timeDeltas: readonly number[];
}

interface ProfileNode {
  readonly id: number;
  readonly callFrame: { readonly url: string };
  readonly children?: readonly number[];
}

export interface Shares {
  readonly oursMs: number;
  readonly cdktfMs: number;
}

const OURS = /[\\/]?dist[\\/]lib[\\/]/;
const CDKTF = /[\\/]node_modules[\\/](?:cdktf|cdktn|constructs)[\\/]/;

/**
 * Whose code was running: each sample belongs to the innermost of the two libraries that is on the stack, so that what a
 * library has Node.js do is its own. Garbage collection belongs to nobody.
 */
export function sharesOf({ nodes, samples, timeDeltas }: Profile): Shares {
  const owner = new Map<number, "ours" | "cdktf" | undefined>();
  const parents = new Map(
    nodes.flatMap(({ id, children = [] }) => children.map((child): [number, number] => [child, id])),
  );
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const ownerOf = (id: number | undefined): "ours" | "cdktf" | undefined => {
    if (id === undefined) return undefined;
    if (owner.has(id)) return owner.get(id);
    const { url } = byId.get(id)!.callFrame;
    const found = CDKTF.test(url) ? "cdktf" : OURS.test(url) ? "ours" : ownerOf(parents.get(id));
    owner.set(id, found);
    return found;
  };
  const total = { ours: 0, cdktf: 0 };
  samples.forEach((id, index) => {
    const found = ownerOf(id);
    if (found !== undefined) total[found] += timeDeltas[index]! / 1_000;
  });
  return { oursMs: total.ours, cdktfMs: total.cdktf };
}
