import type { Prose } from "../../core/prose";

/** The cause of a failed test in one summary, and one remedy. */
export interface TestRemedy {
  /** Stable: part of the problem's code. */
  readonly kind: string;
  readonly summary: string | Prose;
  /** The remedy, with the names of this system's own settings. */
  readonly fix: string | Prose;
}
