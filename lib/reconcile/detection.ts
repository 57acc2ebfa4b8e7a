import type { JsonDocument } from "../core/json-document";
import type { Horizon } from "../proof/ending";
import type { Proof } from "../proof/proof";

export const DETECTION_FORMAT = "outbound-detection/1";

/** What a detection found, as data: every output is written from it, and a repair is held against it. */
export interface Detection extends JsonDocument<typeof DETECTION_FORMAT> {
  readonly stack: string;
  /** ISO 8601. */
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
  /** Addresses that alerts reach through anything that could be listed. */
  readonly receivers: Share;
  /** What runs again because of the rest, such as the test mail; no drift of its own. */
  readonly followUps: readonly string[];
  /** Whether mail gets through what is declared; absent where that was not asked. */
  readonly proof?: Proof;
  /** What the mail needs and has an end; absent where that was not asked. */
  readonly horizon?: Horizon;
}

/** `broken`: all is as declared, but mail does not get through. `ending`: all is well, but something that it needs ends soon. */
export const VERDICTS = ["in-sync", "drift", "broken", "ending", "unknown"] as const;
export type Verdict = (typeof VERDICTS)[number];

/** `broken`: as declared, but mail does not get through. */
export const BUCKETS = ["drifted", "missing", "broken", "unmanaged", "unknown", "in-sync"] as const;
export type Bucket = (typeof BUCKETS)[number];

export interface Entry {
  readonly bucket: Bucket;
  /** The resource type. */
  readonly type: string;
  /** "flow", for people. */
  readonly kind: string;
  /** The Terraform address; absent for what no code declares. */
  readonly address?: string;
  /** The import id, as far as it is known. */
  readonly id?: string;
  readonly name?: string;
  /** The provider configurations whose place it is in, where the stack has several: `outbound.backup`. Of what no code declares. */
  readonly provider?: string;
  /** Whether somebody changed the system, or the code is not deployed: it is newer, or a deployment or repair did not end. */
  readonly cause?: "outside" | "code";
  /** Why, in words; of unknown entries always. */
  readonly reason?: string;
  readonly differences?: readonly Difference[];
  /** Why nobody will hear of an alert by it as it is, or why that is not known, though it is as declared. */
  readonly warning?: string;
  /** Unknown, and by the nature of the login or the system: no failure. */
  readonly expected?: boolean;
}

export interface Difference {
  readonly attribute: string;
  /** What the system has, as JSON; secrets are masked. */
  readonly is: string;
  /** What Terraform last knew. */
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

/** "2 drifted, 1 missing, 4 in sync": what there is nothing of is left out. */
export function summarise(entries: readonly Entry[]): string {
  const parts = BUCKETS.map((bucket) => [bucket, count({ entries }, bucket)] as const).filter(([, n]) => n > 0);
  if (parts.length === 0) return "nothing to compare";
  return parts.map(([bucket, n]) => `${n} ${bucket.replace("-", " ")}`).join(", ");
}

/** "Under code: 1 of 2 flows, 3 of 4 receivers". */
export function coverageSentence({ coverage, receivers }: Pick<Detection, "coverage" | "receivers">): string {
  const shares = coverage.filter(({ total }) => total > 0).map((one) => `${one.managed} of ${one.total} ${one.title}`);
  if (receivers.total > 0) shares.push(`${receivers.managed} of ${receivers.total} receivers`);
  return shares.length === 0 ? "" : `Under code: ${shares.join(", ")}.`;
}
