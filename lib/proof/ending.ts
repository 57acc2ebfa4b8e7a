import { daysLeft } from "../core/certificate-expiry";
import { compare } from "../core/finding";

/** Something that the mail needs and that expires. */
export interface Ending {
  readonly kind: "certificate" | "authority" | "login" | "authentication" | "record" | "rule";
  /** What it belongs to: Terraform addresses of chains, or the provider's block of a system: `outbound.ovh`. */
  readonly paths: readonly string[];
  /** "certificate CN=smtp.example.com of smtp.example.com:587" */
  readonly subject: string;
  /**
   * `ended`: it has expired or is gone; `forbidden`: a rule forbids it; `near`: it expires within the horizon; `later`:
   * it expires after it; `changed`: it differs from the last proof; `untold`: nobody publishes its end; `unknown`: it
   * could not be asked for.
   */
  readonly state: EndingState;
  /** ISO 8601; absent where it is not known. */
  readonly at?: string;
  /** Why its end is not known, or what has changed. */
  readonly reason?: string;
  /** What to do. */
  readonly fix: string;
}

export const ENDING_STATES = ["ended", "forbidden", "near", "changed", "unknown", "later", "untold"] as const;
export type EndingState = (typeof ENDING_STATES)[number];

/** Everything that expires, the next first. */
export interface Horizon {
  /** ISO 8601: what expires before this time is near. */
  readonly until: string;
  readonly endings: readonly Ending[];
}

/** The present, and the time until which an ending is near; milliseconds since 1970. */
export interface TimeWindow {
  readonly now: number;
  readonly until: number;
}

/** The state of an ending with a date. */
export function stateAt(at: number, { now, until }: TimeWindow): "ended" | "near" | "later" {
  if (at <= now) return "ended";
  return at <= until ? "near" : "later";
}

/** Merges what several chains have in common, and puts the most pressing first. */
export function inOrder(endings: readonly Ending[]): Ending[] {
  const merged = new Map<string, Ending>();
  for (const ending of endings) {
    const key = JSON.stringify([ending.kind, ending.subject, ending.at, ending.state, ending.reason]);
    const known = merged.get(key);
    const paths = [...new Set([...(known?.paths ?? []), ...ending.paths])].sort(compare);
    merged.set(key, { ...ending, paths });
  }
  const rank = ({ state }: Ending) => ENDING_STATES.indexOf(state);
  return [...merged.values()].sort(
    (a, b) => rank(a) - rank(b) || compare(a.at ?? "", b.at ?? "") || compare(a.subject, b.subject),
  );
}

/** "certificate … ends in 12 days, on 2026-12-11". */
export function endingSentence({ kind, subject, state, at, reason }: Ending, now: number): string {
  const day = at?.slice(0, 10);
  const days = at === undefined ? 0 : Math.abs(daysLeft(Date.parse(at), now));
  const said = reason === undefined ? "" : `: ${reason}`;
  switch (state) {
    case "ended":
      return day === undefined ? `${subject} is gone${said}` : `${subject} ended on ${day}`;
    case "near":
    case "later":
      return `${subject} ends ${days === 0 ? "today" : days === 1 ? "tomorrow" : `in ${days} days`}, on ${day ?? "?"}`;
    case "forbidden":
      return `${subject} forbids what is used${said}`;
    case "changed":
      return `${subject} has changed${said}`;
    default:
      if (kind === "rule") return `${subject}: what it demands is not known${said}`;
      return `${subject}: its end is not known${said}`;
  }
}
