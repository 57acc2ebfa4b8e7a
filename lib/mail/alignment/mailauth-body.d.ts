/** A part of mailauth that comes without types: the body of a message as the hash of a signature sees it. */
declare module "mailauth/lib/dkim/body" {
  interface BodyHash {
    /** How many octets of the canonical body went into the hash. */
    readonly bodyHashedBytes: number;
    update(chunk: Buffer): void;
    digest(encoding: "base64"): string;
  }
  export function dkimBody(canonicalization: string, algorithm: string): BodyHash;
}
