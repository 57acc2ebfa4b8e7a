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

/** Older tests are dropped. */
const MOST_TESTS = 200;

/** The reports of test mails and probes: `POST /_sandbox/tests`. */
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

/** Loads zod only when a report arrives. Unknown fields are dropped: a newer provider may send more. */
async function reportSchema() {
  const z = await import("../core/zod");
  const word = z.string().check(z.maxLength(320));
  const text = z.string().check(z.maxLength(20_000));
  const milliseconds = z.number().check(z.nonnegative(), z.lte(86_400_000));
  return z.object({
    kind: z.enum(["test-email", "send", "probe"]),
    id: z.optional(word),
    testedAt: z.iso.datetime(),
    target: z.object({ host: word, port: z.int().check(z.gte(1), z.lte(65_535)), security: word }),
    from: word,
    to: z.array(word).check(z.maxLength(500)),
    ok: z.boolean(),
    verdict: text,
    stages: z
      .array(
        z.object({
          name: z.string().check(z.maxLength(400)),
          status: z.enum(["passed", "warning", "failed", "skipped", "unavailable"]),
          durationMs: milliseconds,
          detail: text,
          remedy: z.optional(text),
          code: z.optional(word),
        }),
      )
      .check(z.maxLength(1_000)),
    receivers: z._default(
      z
        .array(
          z.object({
            address: word,
            status: z.enum(["accepted", "refused", "deferred", "unknown", "untried"]),
            reply: z.optional(text),
            attempts: z.int().check(z.nonnegative()),
            remedy: z.optional(text),
          }),
        )
        .check(z.maxLength(500)),
      [],
    ),
    messageId: z.optional(word),
    certificateExpiresAt: z.optional(word),
    arrival: z.optional(z.object({ folder: word, junk: z.boolean(), latencyMs: milliseconds })),
  });
}
