/** A broken rule that somebody has accepted, with the reason. It stays in every report. */
export interface Acknowledgement {
  readonly rule: string;
  readonly reason: string;
  /** The path of the construct that was acknowledged: everything below it is included. */
  readonly path: string;
  /** The Terraform addresses below that construct. */
  readonly addresses: readonly string[];
}

/** The acknowledgement that applies to an address; when there are several, the one attached nearest to it. */
export function acknowledgementOf(
  acknowledgements: readonly Acknowledgement[],
  rule: string,
  address: string,
): Acknowledgement | undefined {
  return acknowledgements
    .filter((one) => one.rule === rule && one.addresses.some((given) => given === withoutIndex(address)))
    .sort((a, b) => b.path.length - a.path.length)[0];
}

/** `x.y[0]` and `x.y["a"]` come from one construct, `x.y`. */
const withoutIndex = (address: string) => address.replace(/\[(\d+|"[^"]*")\]$/, "");
