import type { FindingSeverity } from "../core/finding";

/** Worst first. */
export const SEVERITIES: readonly FindingSeverity[] = ["error", "warning", "note"];
