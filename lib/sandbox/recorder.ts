import type { Clock } from "../core/clock";
import type { Redactor } from "../core/redaction";
import { masked, maskedForm } from "./masking";

/** One request and its answer as they were sent, secrets masked. */
export interface RecordedRequest {
  /** 1, 2, 3… over all systems. */
  readonly sequence: number;
  /** ISO 8601. */
  readonly at: string;
  readonly system: string;
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly query: unknown;
  readonly body: unknown;
  readonly status: number;
  /** Parsed when it was JSON. */
  readonly answer: unknown;
  /** The fault that affected it, if any. */
  readonly fault?: string;
}

export type SandboxEvent = Omit<RecordedRequest, "sequence" | "at">;

/** Enough for any test; a sandbox that runs for days must not grow without limit. */
const MOST_KEPT = 10_000;

/** Records requests and answers, for `/_sandbox/requests` and for checks against the vendors' contracts. */
export class Recorder {
  private records: RecordedRequest[] = [];
  private sequence = 0;

  constructor(
    private readonly clock: Clock,
    private readonly redactor: Redactor,
  ) {}

  /** Masks before it stores, which also copies: a handler may still change the body, and no secret is kept. */
  add(observation: SandboxEvent): void {
    this.records.push({
      ...observation,
      sequence: ++this.sequence,
      at: new Date(this.clock.now()).toISOString(),
      query: masked(observation.query, this.redactor),
      body: this.mask(observation.body),
      answer: this.mask(observation.answer),
    });
    if (this.records.length > MOST_KEPT) this.records.splice(0, this.records.length - MOST_KEPT);
  }

  /** Oldest first; only the last ones when `last` is given. */
  list(last = MOST_KEPT): readonly RecordedRequest[] {
    return this.records.slice(-Math.max(1, last));
  }

  clear(): void {
    this.records = [];
  }

  private mask(body: unknown): unknown {
    return typeof body === "string" ? maskedForm(body, this.redactor) : masked(body, this.redactor);
  }
}
