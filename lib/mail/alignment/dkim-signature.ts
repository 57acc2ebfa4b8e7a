/** Why a signature is not valid. */
export type DkimFault =
  | "body-changed"
  | "bad-signature"
  | "key-missing"
  | "key-revoked"
  | "key-unusable"
  | "key-short"
  | "expired"
  | "body-partly-signed"
  | "from-not-signed"
  | "weak-algorithm"
  | "unreadable"
  | "no-answer";

/** The result for one DKIM-Signature. */
export interface DkimSignature {
  readonly domain: string;
  readonly selector: string;
  /** "rsa-sha256" */
  readonly algorithm: string;
  /** Undefined: it verifies. */
  readonly fault?: DkimFault;
  /** Details of the fault, in words. */
  readonly why?: string;
}

/** The fault of a signature, if any. */
export type SignatureVerdict = Pick<DkimSignature, "fault" | "why">;
