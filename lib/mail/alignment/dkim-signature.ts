/** Why a signature does not count. */
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

/** What one DKIM-Signature is worth. */
export interface DkimSignature {
  readonly domain: string;
  readonly selector: string;
  /** "rsa-sha256" */
  readonly algorithm: string;
  /** Undefined: it verifies. */
  readonly fault?: DkimFault;
  /** More of it, in words. */
  readonly why?: string;
}

/** Whether it counts. */
export type SignatureVerdict = Pick<DkimSignature, "fault" | "why">;
