import type { Problem } from "../core/problem";

/**
 * What to do about one way in which a stage can go wrong: a row of the diagnosis' table. The rows are
 * data, so that they can be read as prose, tested one by one and printed into the documentation.
 */
export interface Remedy {
  /** Stable, kebab-case, after the room's prefix: `mail/connection-refused`. */
  readonly code: `mail/${string}`;
  /** Names of the stages that can say it, as in `stage.ts`; `RCPT` for the stage of any receiver. */
  readonly stages: readonly string[];
  /** @default error */
  readonly severity?: Problem["severity"];
  /** What happened, one line, no full stop. May hold `{placeholders}`, as `fix` may. */
  readonly summary: string;
  /** What to do: one sentence or two. */
  readonly fix: string;
}

/** The row, filled in, as a problem. `evidence` are the server's own words. */
export function remedyFor(
  remedy: Remedy,
  values: Readonly<Record<string, string | number>> = {},
  evidence?: string,
): Problem {
  return {
    code: remedy.code,
    severity: remedy.severity ?? "error",
    summary: filledIn(remedy.summary, values),
    fix: filledIn(remedy.fix, values),
    ...(evidence === undefined || evidence === "" ? {} : { evidence }),
  };
}

function filledIn(template: string, values: Readonly<Record<string, string | number>>): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new RangeError(`the remedy wants a value for {${name}}`);
    return String(value);
  });
}
