/** Whose certificate a server showed, and from when to when it lives (milliseconds since 1970). */
export interface ServerCertificate {
  readonly host: string;
  readonly from: number;
  readonly to: number;
  /** Who has signed it, as far as it says: "Example CA". */
  readonly issuer?: string;
  /** Those that vouch for it, the nearest first; absent where they are not known. */
  readonly authorities?: readonly { readonly name: string; readonly to: number }[];
}

export const DAY_MS = 86_400_000;
/** However long a certificate lives: when its end is worth planning for, and when it is urgent. */
const SOON_DAYS = 60;
const URGENT_DAYS = 30;
/** The least warning, for those that live twice as long. */
const LEAST_DAYS = 2;

/**
 * How near the end of a certificate is, by its own life: those who renew by themselves do it when a third is left, so that
 * less is the sign of a renewal that fails. Undefined while there is nothing to say.
 */
export function expiryOf({ from, to }: { readonly from: number; readonly to: number }, now: number) {
  const life = to - from;
  const left = to - now;
  const third = life / 3;
  const least = life >= 2 * LEAST_DAYS * DAY_MS ? LEAST_DAYS * DAY_MS : 0;
  const within = (days: number) => left < Math.min(days * DAY_MS, Math.max(third, least));
  return within(URGENT_DAYS) ? "urgent" : within(SOON_DAYS) ? "soon" : undefined;
}

/** Whole days that are left. */
export const daysLeft = (to: number, now: number) => Math.floor((to - now) / DAY_MS);
