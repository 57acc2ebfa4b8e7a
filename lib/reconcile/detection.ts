import type { JsonDocument } from "../core/json-document";
import { tally } from "../core/tally";
import type { Horizon } from "../proof/ending";
import type { Proof } from "../proof/proof";

export const DETECTION_FORMAT = "outbound-detection/1";

/** The result of a detection as data: every output is written from it, and a repair is checked against it. */
export interface Detection extends JsonDocument<typeof DETECTION_FORMAT> {
  readonly stack: string;
  /** When it began, ISO 8601. */
  readonly detectedAt: string;
  /** `sha256:…` over what the stack declares: a repair is refused when the code has changed since. */
  readonly configHash: string;
  /** `sha256:…` over what an apply would do; null when no plan could be made. */
  readonly planHash: string | null;
  readonly verdict: Verdict;
  /** "2 drifted, 1 missing, 4 in sync" */
  readonly summary: string;
  readonly entries: readonly Entry[];
  readonly coverage: readonly Coverage[];
  /** Receivers under code, among all that alerts reach through what could be listed. */
  readonly receivers: Share;
  /** Resources that run again because of the others, such as the test mail; they have no drift of their own. */
  readonly followUps: readonly string[];
  /** Whether mail gets through what is declared; absent where it was not asked. */
  readonly proof?: Proof;
  /** What the mail needs and expires; absent where it was not asked. */
  readonly horizon?: Horizon;
}

/**
 * `broken`: all is as declared, but mail does not get through. `ending`: all is well, but something that the mail needs
 * expires soon.
 */
export const VERDICTS = ["in-sync", "drift", "broken", "ending", "unknown"] as const;
export type Verdict = (typeof VERDICTS)[number];

/** `broken`: as declared, but mail does not get through. */
export const BUCKETS = ["drifted", "missing", "broken", "unmanaged", "unknown", "in-sync"] as const;
export type Bucket = (typeof BUCKETS)[number];

export interface Entry {
  readonly bucket: Bucket;
  /** The resource type. */
  readonly type: string;
  /** The name of the kind, for people: "flow". */
  readonly kind: string;
  /** The Terraform address; absent for what no code declares. */
  readonly address?: string;
  /** The import id, as far as it is known. */
  readonly id?: string;
  readonly name?: string;
  /**
   * The provider configurations that lead to its place, where the stack has several: `outbound.backup`. For what no
   * code declares.
   */
  readonly provider?: string;
  /**
   * Whether the system was changed, or the code is not deployed: it is newer, or a deployment or repair was
   * interrupted.
   */
  readonly cause?: "outside" | "code";
  /** The reason, in words; unknown entries always have one. */
  readonly reason?: string;
  readonly differences?: readonly Difference[];
  /** Why an alert that takes this object is not heard, or why that is not known, although the object is as declared. */
  readonly warning?: string;
  /** It is unknown by the nature of the login or the system: no failure. */
  readonly expected?: boolean;
}

export interface Difference {
  readonly attribute: string;
  /** The value in the system, as JSON; secrets are masked. */
  readonly is: string;
  /** The value that Terraform last knew. */
  readonly was: string;
}

export interface Share {
  readonly managed: number;
  readonly total: number;
}

export interface Coverage extends Share {
  /** "flows of pcc-192-0-2-10" */
  readonly title: string;
}

export const count = (detection: Pick<Detection, "entries">, bucket: Bucket): number =>
  detection.entries.filter((entry) => entry.bucket === bucket).length;

/** "2 drifted, 1 missing, 4 in sync": empty buckets are left out. */
export function summarise(entries: readonly Entry[]): string {
  const parts = tally(
    BUCKETS,
    entries.map(({ bucket }) => bucket),
  );
  if (parts.length === 0) return "nothing to compare";
  return parts.map(([bucket, n]) => `${n} ${bucket.replace("-", " ")}`).join(", ");
}

/** "Under code: 1 of 2 flows, 3 of 4 receivers". */
export function coverageSentence({ coverage, receivers }: Pick<Detection, "coverage" | "receivers">): string {
  const shares = coverage.filter(({ total }) => total > 0).map((one) => `${one.managed} of ${one.total} ${one.title}`);
  if (receivers.total > 0) shares.push(`${receivers.managed} of ${receivers.total} receivers`);
  return shares.length === 0 ? "" : `Under code: ${shares.join(", ")}.`;
}
