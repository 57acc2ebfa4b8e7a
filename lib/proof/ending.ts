import { daysLeft } from "../core/certificate-expiry";
import { compare } from "../core/finding";

/** Something that the mail needs and that has an end. */
export interface Ending {
  readonly kind: "certificate" | "authority" | "login" | "authentication" | "record" | "rule";
  /** Whose it is: Terraform addresses of chains, or the provider's block of a system: `outbound.ovh`. */
  readonly paths: readonly string[];
  /** "certificate CN=smtp.example.com of smtp.example.com:587" */
  readonly subject: string;
  /**
   * `ended`: already, or gone; `forbidden`: a rule forbids what is used; `near`: within the horizon; `later`: after it; `changed`: not as it was at the last proof;
   * `untold`: there is nobody who tells; `unknown`: it could not be asked.
   */
  readonly state: EndingState;
  /** ISO 8601; absent where it is not known. */
  readonly at?: string;
  /** Why it is not known, or what has changed. */
  readonly reason?: string;
  /** What to do. */
  readonly fix: string;
}

export const ENDING_STATES = ["ended", "forbidden", "near", "changed", "unknown", "later", "untold"] as const;
export type EndingState = (typeof ENDING_STATES)[number];

/** Everything that has an end, the next first. */
export interface Horizon {
  /** ISO 8601: what ends before it is near. */
  readonly until: string;
  readonly endings: readonly Ending[];
}

/** Now, and until when an end is near; milliseconds since 1970. */
export interface Sight {
  readonly now: number;
  readonly until: number;
}

/** How near an end is. */
export function stateAt(at: number, { now, until }: Sight): "ended" | "near" | "later" {
  if (at <= now) return "ended";
  return at <= until ? "near" : "later";
}

/** The same thing of several chains is told once; the most pressing first. */
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
