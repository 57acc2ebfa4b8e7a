import type { Clock } from "../core/clock";
import type { TestReport } from "../mail";
import { reportInvalid } from "./errors";

/** A test as the page shows it. */
export interface ReportedTest extends TestReport {
  /** 1, 2, 3… in the order in which they were reported. */
  readonly number: number;
  /** ISO 8601. */
  readonly reportedAt: string;
}

/** Old tests make room for new ones. */
const MOST_TESTS = 200;

/** What test mails and probes said of themselves: `POST /_sandbox/tests`. */
export class ReportedTests {
  private reported: ReportedTest[] = [];
  private sequence = 0;

  constructor(private readonly clock: Clock) {}

  /** @throws ProblemError `sandbox/report-invalid` */
  async add(json: unknown): Promise<ReportedTest> {
    const report = await checked(json);
    const reportedAt = new Date(this.clock.now()).toISOString();
    const test: ReportedTest = { ...report, number: ++this.sequence, reportedAt };
    this.reported.push(test);
    if (this.reported.length > MOST_TESTS) this.reported.shift();
    return test;
  }

  /** Oldest first. */
  list(): readonly ReportedTest[] {
    return [...this.reported];
  }

  clear(): void {
    this.reported = [];
  }
}

async function checked(json: unknown): Promise<TestReport> {
  const result = (await reportSchema()).safeParse(json);
  if (result.success) return result.data;
  const first = result.error.issues
    .slice(0, 5)
    .map((issue) => `${issue.path.join(".") || "the body"}: ${issue.message}`);
  throw reportInvalid(first.join("; "));
}

/** zod is loaded only when somebody reports. Unknown fields are dropped: a newer provider may say more. */
async function reportSchema() {
  const { z } = await import("zod");
  const word = z.string().max(320);
  const text = z.string().max(20_000);
  const milliseconds = z.number().nonnegative().max(86_400_000);
  return z.object({
    kind: z.enum(["test-email", "send", "probe"]),
    id: word.optional(),
    testedAt: z.iso.datetime(),
    target: z.object({ host: word, port: z.number().int().min(1).max(65_535), security: word }),
    from: word,
    to: z.array(word).max(500),
    ok: z.boolean(),
    verdict: text,
    stages: z
      .array(
        z.object({
          name: z.string().max(400),
          status: z.enum(["passed", "warning", "failed", "skipped", "unavailable"]),
          durationMs: milliseconds,
          detail: text,
          remedy: text.optional(),
          code: word.optional(),
        }),
      )
      .max(1_000),
    receivers: z
      .array(
        z.object({
          address: word,
          status: z.enum(["accepted", "refused", "deferred", "unknown", "untried"]),
          reply: text.optional(),
          attempts: z.number().int().nonnegative(),
          remedy: text.optional(),
        }),
      )
      .max(500)
      .default([]),
    messageId: word.optional(),
    certificateExpiresAt: word.optional(),
    arrival: z.object({ folder: word, junk: z.boolean(), latencyMs: milliseconds }).optional(),
  });
}
