import type { Prose } from "../../core/prose";

/** What a failed test means, in one summary and one remedy. */
export interface TestRemedy {
  /** Stable: part of the problem's code. */
  readonly kind: string;
  readonly summary: string | Prose;
  /** In the names of this system's own settings. */
  readonly fix: string | Prose;
}
