/** When an escalation level alerts. */
export const MODES = ["AlertOnErrorCount", "AlertOnErrorDuration"] as const;
