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
  // Loaded when a report arrives: the sandbox starts without zod.
  const { reportSchema } = await import("./reported-tests.schema");
  const result = reportSchema.safeParse(json);
  if (result.success) return result.data;
  const first = result.error.issues
    .slice(0, 5)
    .map((issue) => `${issue.path.join(".") || "the body"}: ${issue.message}`);
  throw reportInvalid(first.join("; "));
}
