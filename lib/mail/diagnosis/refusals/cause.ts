import type { Prose } from "../../../core/prose";
import type { Circumstances } from "./situation";

/**
 * Whether a retry helps. `never`: something has to change first, whatever the code says. `soon`: the server asks for a
 * retry, and a test waits for it. `later`: it passes, but an immediate retry does not help. `as-said`: the first digit
 * of the code decides.
 */
export type Retry =
  | { readonly kind: "never" }
  | { readonly kind: "soon"; readonly seconds: number }
  | { readonly kind: "later"; readonly seconds?: number }
  | { readonly kind: "as-said" };

export const never: Retry = { kind: "never" };
export const asSaid: Retry = { kind: "as-said" };
export const soon = (seconds: number): Retry => ({ kind: "soon", seconds });
export const later = (seconds?: number): Retry => ({ kind: "later", ...(seconds === undefined ? {} : { seconds }) });

/** What is wrong, and what to do about it. */
export interface Cause {
  /** The problem's code, after `mail/`. */
  readonly id: string;
  /** What happened, one line, no full stop. */
  readonly summary: Prose;
  /** One sentence or two. */
  readonly fix: Prose;
  /** What to do instead in some situations; the first match applies. */
  readonly unless?: readonly { readonly when: Circumstances; readonly fix: Prose }[];
  readonly retry: Retry;
  /** The cause when the server of a mailbox says it (IMAP). */
  readonly ofMailbox?: Cause;
}
