import type { Stage } from "../../lib/mail/stage";
import { failedStages } from "../../lib/mail/stage";
import type { SwaksOpinion } from "./swaks";

/** A case as two tools see it. Stages as in `lib/mail/stage.ts`, "RCPT" for any receiver, "none" when nothing fails. */
export interface Opinions {
  readonly ours: string;
  readonly swaks: string;
  /** Why they differ. Where they do not there is nothing to say. */
  readonly because?: string;
}

/** Where we failed: the first stage of those that did. */
export function failedAt(stages: readonly Stage[]): string {
  const name = failedStages(stages)[0]?.name ?? "none";
  return name.startsWith("RCPT ") ? "RCPT" : name;
}

/** What the table says of a case must be what both tools say, and a difference must be explained. */
export function expectOpinions(expected: Opinions, stages: readonly Stage[], swaks: SwaksOpinion): void {
  const { ours, because } = expected;
  const seen = { ours: failedAt(stages), swaks: swaks.stage };
  if (seen.ours !== ours || seen.swaks !== expected.swaks) {
    const details = stages.map(({ name, status, detail }) => `${status} ${name}: ${detail}`).join("\n");
    throw new Error(
      `expected ${JSON.stringify({ ours, swaks: expected.swaks })}, got ${JSON.stringify(seen)}\n${details}\n${swaks.output}`,
    );
  }
  expect(because === undefined ? "agreed" : "explained").toBe(ours === expected.swaks ? "agreed" : "explained");
}
