import { appendFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Stage } from "../../lib/mail/stage/stage";
import { failedStages } from "../../lib/mail/stage/stage";
import { servers } from "./where";
import type { SwaksOpinion } from "./swaks";

/** A case as two tools see it. Stages as in `lib/mail/stage/stage.ts`, "RCPT" for any receiver, "none" when nothing fails. */
export interface Opinions {
  readonly ours: string;
  readonly swaks: string;
  /** Why they differ. Where they do not there is nothing to say. */
  readonly because?: string;
}

export const SOME_ARE_NOT_ALL =
  "swaks goes on as long as one receiver is accepted; alerts that reach only some of them are a failure";

/** Where we failed: the first stage of those that did. */
function failedAt(stages: readonly Stage[]): string {
  const name = failedStages(stages)[0]?.name ?? "none";
  return name.startsWith("RCPT ") ? "RCPT" : name;
}

/** A line for each case, for the account at the end; see `teardown.ts`. */
const ACCOUNT = "opinions.jsonl";

/** Where swaks and we agree, and why we do not where we do not: reasons with the number of cases. */
export async function account(folder: string): Promise<string> {
  const lines = await readFile(join(folder, ACCOUNT), "utf8").catch(() => "");
  const all = lines.split("\n").flatMap((line) => (line === "" ? [] : [JSON.parse(line) as Opinions]));
  const reasons = new Map<string, number>();
  for (const { because } of all) if (because !== undefined) reasons.set(because, (reasons.get(because) ?? 0) + 1);
  const differing = all.filter(({ because }) => because !== undefined).length;
  return [
    `A second opinion: in ${all.length - differing} of ${all.length} cases swaks passes or fails at the same stage as we. Where it does not:`,
    ...[...reasons].map(([reason, count]) => `  ${String(count).padStart(2)} × ${reason}`),
  ].join("\n");
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
  appendFileSync(join(servers().folder, ACCOUNT), `${JSON.stringify(expected)}\n`);
  expect(because === undefined ? "agreed" : "explained").toBe(ours === expected.swaks ? "agreed" : "explained");
}
