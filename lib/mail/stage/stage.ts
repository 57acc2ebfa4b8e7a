import type { Problem } from "../../core/problem";

/** `unavailable`: the other side has no such test, so nothing is known either way. */
export type StageStatus = "passed" | "warning" | "failed" | "skipped" | "unavailable";

/** One step on the way of the mail, as data. */
export interface Stage {
  /** In the protocol's own words: "DNS", "TCP", "RCPT oncall@example.com". */
  readonly name: string;
  readonly status: StageStatus;
  readonly durationMs: number;
  /** What was seen. */
  readonly detail: string;
  /** What to do, one or two sentences; where something is wrong. */
  readonly remedy?: string;
  /** What it failed of, or warns of. */
  readonly problem?: Problem;
}

export const CONFIG = "config";
export const DNS = "DNS";
export const TCP = "TCP";
export const BANNER = "banner";
export const EHLO = "EHLO";
export const TLS = "TLS";
/** Capabilities change once the line is encrypted, so they are asked for again. */
export const EHLO_TLS = "EHLO over TLS";
export const AUTH = "AUTH";
export const MAIL = "MAIL";
export const DATA = "DATA";
/** The mail was looked for in the receiver's mailbox. */
export const ARRIVAL = "arrival";
export const SPF = "SPF";
export const DKIM = "DKIM";
export const DMARC = "DMARC";
export const RATE_LIMIT = "rate limit";
/** Where mail for the domain goes. */
export const mx = (domain: string) => `MX ${domain}`;
export const rcpt = (receiver: string) => `RCPT ${receiver}`;
export const platform = (system: string, id: string) => `${system} test ${id}`;

export function failedStages(stages: readonly Stage[]): readonly Stage[] {
  return stages.filter((stage) => stage.status === "failed");
}
