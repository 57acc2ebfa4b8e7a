import { written, type Problem } from "../../core/problem";
import { fromTemplate, type Prose } from "../../core/prose";

/**
 * What to do about one way in which a stage can fail: a row of the diagnosis' table. The rows are data, so that they
 * can be read as prose, tested one by one and printed into the documentation.
 */
export interface Remedy {
  /** Stable, in kebab-case after the prefix: `mail/connection-refused`. One row has one code. */
  readonly code: `mail/${string}`;
  /** The stages that can report it, as named in `stage.ts`; `RCPT` for the stage of any receiver. */
  readonly stages: readonly string[];
  /** @default error */
  readonly severity?: Problem["severity"];
  /**
   * What happened, one line, no full stop. May contain `{placeholders}` and references to settings, like `fix`: see
   * `fromTemplate`.
   */
  readonly summary: string;
  /** What to do: one sentence or two. */
  readonly fix: string;
}

type Value = string | number | Prose;

/** The names in the braces of a text, as a type. */
type Placeholders<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? Exclude<Name, `${string}:${string}`> | Placeholders<Rest>
  : never;

/** The values that a row's placeholders need; any names for a row that is only known at run time. */
type Values<Row extends Remedy> = string extends Row["summary"]
  ? Readonly<Record<string, Value>>
  : Readonly<Record<Placeholders<Row["summary"] | Row["fix"]>, Value>>;

/** Makes a problem from a row. `evidence` are the server's own words. */
export function remedyFor<const Row extends Remedy>(
  remedy: Row,
  ...[values, evidence]: Record<string, never> extends Values<Row>
    ? [values?: Values<Row>, evidence?: string]
    : [values: Values<Row>, evidence?: string]
): Problem {
  const given: Readonly<Record<string, Value>> = values ?? {};
  const fill = (name: string): string | Prose => {
    const value = given[name];
    if (value === undefined) throw new RangeError(`the remedy wants a value for {${name}}`);
    return typeof value === "number" ? String(value) : value;
  };
  return written({
    code: remedy.code,
    severity: remedy.severity ?? "error",
    summary: fromTemplate(remedy.summary, fill),
    fix: fromTemplate(remedy.fix, fill),
    ...(evidence === undefined || evidence === "" ? {} : { evidence }),
  });
}
