import type { Prose } from "../../../core/prose";
import type { Cause, Retry } from "./cause";
import { meaningOf, registryRows } from "./registry";
import type { Row, Signs } from "./row";
import { rowGroups } from "./rows";
import { registeredAs, isTemporary, type ParsedRefusal } from "./parsed-refusal";
import { isSo, type RefusalStage, type Situation } from "./situation";

/** The kinds of evidence for a refusal's cause, the strongest first. */
export const EVIDENCE = [
  "vendor's words",
  "enhanced code",
  "general words",
  "family of the code",
  "basic code",
] as const;
export type Evidence = (typeof EVIDENCE)[number];

/** The interpretation of a refusal. */
export interface Interpretation {
  readonly row: Row;
  readonly evidence: Evidence;
  readonly cause: Cause;
  readonly summary: Prose;
  readonly fix: Prose;
  readonly retry: Exclude<Retry, { kind: "as-said" }>;
}

/** All rows, in the order in which rows of equal evidence are tried. */
export const allRows: readonly Row[] = [...Object.values(rowGroups).flat(), ...registryRows];

/**
 * Finds the row for a reply; undefined when none matches: then only the code's family and the server's words are known.
 */
export function classify(refusal: ParsedRefusal, situation: Situation = {}): Interpretation | undefined {
  let best: Row | undefined;
  for (const row of allRows) {
    if (best && rank(best, refusal) <= rank(row, refusal)) continue;
    if (fits(row.when, refusal, situation)) best = row;
  }
  return best && interpretationOf(moreSpecific(best, refusal, situation), evidenceOf(best), refusal, situation);
}

/** General words that agree with the code and add to it. */
function moreSpecific(row: Row, refusal: ParsedRefusal, situation: Situation): Row {
  if (row.when.words !== undefined || row.when.enhanced === undefined) return row;
  const agrees = (other: Row) =>
    other.cause === row.cause && evidenceOf(other) === "general words" && fits(other.when, refusal, situation);
  return allRows.find(agrees) ?? row;
}

function interpretationOf(row: Row, evidence: Evidence, refusal: ParsedRefusal, situation: Situation): Interpretation {
  const atMailbox = situation.stage === "IMAP" ? row.cause.ofMailbox : undefined;
  const cause = atMailbox ?? row.cause;
  // A row's own summary and remedy are about SMTP, unless the row is about IMAP.
  const own = atMailbox === undefined ? row : undefined;
  const otherwise = cause.unless?.find(({ when }) => isSo(when, situation));
  return {
    row,
    evidence,
    cause,
    summary: own?.summary ?? cause.summary,
    fix: own?.fix ?? otherwise?.fix ?? cause.fix,
    retry: retryOf(row.retry ?? cause.retry, refusal),
  };
}

function retryOf(retry: Retry, refusal: ParsedRefusal): Interpretation["retry"] {
  const temporary = isTemporary(refusal);
  switch (retry.kind) {
    case "as-said":
      return temporary === true ? { kind: "later", seconds: 300 } : { kind: "never" };
    case "soon":
      return temporary === false
        ? { kind: "never" }
        : { ...retry, seconds: askedToWait(refusal.words) ?? retry.seconds };
    case "later": {
      const seconds = askedToWait(refusal.words) ?? retry.seconds;
      return { kind: "later", ...(seconds === undefined ? {} : { seconds }) };
    }
    case "never":
      return retry;
  }
}

const UNITS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3_600 };
/** A server that names more than a day names something else. */
const LONGEST_WAIT = 86_400;

/** How long the server asks to wait, in seconds, when it names a time. */
export function askedToWait(words: string): number | undefined {
  const match = /\b(\d{1,6}) ?(s(?:ec(?:ond)?s?)?|m(?:in(?:ute)?s?)?|h(?:(?:ou)?rs?)?)\b/.exec(words);
  const clock = /\b(?:in|for) (\d\d):(\d\d):(\d\d)\b/.exec(words);
  const seconds = clock
    ? Number(clock[1]) * 3_600 + Number(clock[2]) * 60 + Number(clock[3])
    : match
      ? Number(match[1]) * UNITS[match[2]![0]!]!
      : 0;
  return seconds > 0 && seconds <= LONGEST_WAIT ? seconds : undefined;
}

function evidenceOf({ vendor, when, vague }: Row): Evidence {
  if (vendor !== undefined && (when.words !== undefined || when.circumstances?.provider !== undefined)) {
    return "vendor's words";
  }
  if (when.enhanced !== undefined || when.responses !== undefined)
    return vague === true ? "family of the code" : "enhanced code";
  return when.words === undefined ? "basic code" : "general words";
}

/** The rank of a row: lower ones are tried first, by the kind of evidence, then by its amount. */
function rank(row: Row, refusal: ParsedRefusal): number {
  const outweighs = row.outweighs !== undefined && isOneOf(row.outweighs, refusal.enhanced);
  if (!outweighs) return RANKS.get(row)!;
  return EVIDENCE.indexOf(row.when.words === undefined ? "family of the code" : "enhanced code") * 16 - 15;
}

const RANKS: ReadonlyMap<Row, number> = new Map(
  allRows.map((row) => {
    const { words, enhanced, circumstances, stages } = row.when;
    const given = [circumstances, words, enhanced, words === undefined ? stages : undefined].reduce(
      (sum, sign, index) => sum + (sign === undefined ? 0 : 8 >> index),
      0,
    );
    return [row, EVIDENCE.indexOf(evidenceOf(row)) * 16 - given];
  }),
);

function fits(when: Signs, refusal: ParsedRefusal, situation: Situation): boolean {
  const { stages, codes, enhanced, responses, words, not, terse, circumstances } = when;
  return (
    (stages === undefined || isAt(stages, situation.stage)) &&
    (codes === undefined || (refusal.code !== undefined && codes.some((code) => begins(refusal.code!, code)))) &&
    (enhanced === undefined || isOneOf(enhanced, refusal.enhanced)) &&
    (responses === undefined || (refusal.response !== undefined && responses.includes(refusal.response))) &&
    (words === undefined || words.test(refusal.words)) &&
    (not === undefined || !not.test(refusal.words)) &&
    (terse === undefined || isTerse(refusal.words)) &&
    (circumstances === undefined || isSo(circumstances, situation))
  );
}

/** Two words at most, and names. */
const isTerse = (words: string) => (words.match(/[a-z][a-z']*/g) ?? []).length <= 2;

/** A platform's words do not include the stage: then a code alone decides nothing, and words may. */
const isAt = (stages: readonly RefusalStage[], stage: RefusalStage | undefined) =>
  stage !== undefined && stages.includes(stage);

const begins = (code: number, start: number) => String(code).startsWith(String(start));

const isOneOf = (codes: readonly string[], found: string | undefined) =>
  found !== undefined && (codes.includes(found) || codes.includes(registeredAs(found)));

const CLASSES: Readonly<Record<string, string>> = {
  "2": "no refusal",
  "4": "a temporary refusal",
  "5": "a permanent refusal",
};

/** The meaning of the code alone: "a permanent refusal; security or policy". */
export function familyOf({ code, enhanced }: Pick<ParsedRefusal, "code" | "enhanced">): string {
  const first = code === undefined ? enhanced?.[0] : String(code)[0];
  const meaning = enhanced === undefined ? undefined : meaningOf(enhanced);
  return [first === undefined ? undefined : CLASSES[first], meaning].filter((part) => part !== undefined).join("; ");
}
