/** Somebody has accepted that a rule is broken, and says why. It stays in every report, with the reason. */
export interface Acknowledgement {
  readonly rule: string;
  readonly reason: string;
  /** The construct that it was given for: it holds for everything below. */
  readonly path: string;
  /** The Terraform addresses below that construct. */
  readonly addresses: readonly string[];
}

/** The acknowledgement that holds for an address; the one given nearest to it, when there are several. */
export function acknowledgementOf(
  acknowledgements: readonly Acknowledgement[],
  rule: string,
  address: string,
): Acknowledgement | undefined {
  return acknowledgements
    .filter((one) => one.rule === rule && one.addresses.some((given) => given === withoutIndex(address)))
    .sort((a, b) => b.path.length - a.path.length)[0];
}

/** `x.y[0]` and `x.y["a"]` are declared by one construct, `x.y`. */
const withoutIndex = (address: string) => address.replace(/\[(\d+|"[^"]*")\]$/, "");
