/** A module of mailauth without types: canonicalizes a body as a signature's hash covers it. */
declare module "mailauth/lib/dkim/body" {
  interface BodyHash {
    /** The number of octets of the canonical body that were hashed. */
    readonly bodyHashedBytes: number;
    update(chunk: Buffer): void;
    digest(encoding: "base64"): string;
  }
  export function dkimBody(canonicalization: string, algorithm: string): BodyHash;
}
