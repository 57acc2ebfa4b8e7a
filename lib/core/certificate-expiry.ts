/** The certificate that a server showed: its subject and its period of validity (milliseconds since 1970). */
export interface ServerCertificate {
  readonly host: string;
  readonly from: number;
  readonly to: number;
  /** The signer, as the certificate names it: "Example CA". */
  readonly issuer?: string;
  /** The authorities that vouch for it, the nearest first; absent where they are not known. */
  readonly authorities?: readonly { readonly name: string; readonly to: number }[];
}

export const DAY_MS = 86_400_000;
/** The limits for any certificate: from when its end is worth planning for, and from when it is urgent. */
const SOON_DAYS = 60;
const URGENT_DAYS = 30;
/** The least notice, for certificates that live at least twice as long. */
const LEAST_DAYS = 2;

/**
 * Says how near the end of a certificate is, relative to its lifetime. Automatic renewal happens when a third is left, so
 * less than that is the sign of a renewal that fails. Undefined while there is nothing to report.
 */
export function expiryOf({ from, to }: { readonly from: number; readonly to: number }, now: number) {
  const life = to - from;
  const left = to - now;
  const third = life / 3;
  const least = life >= 2 * LEAST_DAYS * DAY_MS ? LEAST_DAYS * DAY_MS : 0;
  const within = (days: number) => left < Math.min(days * DAY_MS, Math.max(third, least));
  return within(URGENT_DAYS) ? "urgent" : within(SOON_DAYS) ? "soon" : undefined;
}

/** The whole days that are left. */
export const daysLeft = (to: number, now: number) => Math.floor((to - now) / DAY_MS);
