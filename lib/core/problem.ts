import { cutShort } from "./cut-short";
import { printableBlock, printableLine, printableLines } from "./printable";
import { asAttribute, renderProse, type NameOfSetting, type Prose } from "./prose";

/**
 * A problem as data. Everything the product reports (a failed validator, an API refusal, a stage of the test mail) is a
 * `Problem`; it becomes text only where it is shown.
 */
export interface Problem {
  /** Stable, kebab-case, prefixed by its area: `ovh/signature-refused`. */
  readonly code: string;
  readonly severity: "error" | "warning";
  /** What happened, one line without a full stop. */
  readonly summary: string;
  /** Where: attribute names, list indices (number), map keys. */
  readonly path?: Path;
  /** What was found, quoted as the user or the vendor wrote it. Never a secret. */
  readonly got?: string;
  readonly expected?: string;
  /** What to do about it: one or two sentences. */
  readonly fix: string;
  /**
   * Summary and fix with references to settings, for readers who know these by other names; the texts above use the names of
   * attributes.
   */
  readonly prose?: ProblemProse;
  /** The vendor's or server's own words, with its request id when there is one. */
  readonly evidence?: string;
  /** A text that does not fit on a line, such as a table; shown last, unchanged. */
  readonly attachment?: string;
}

export interface ProblemProse {
  readonly summary: Prose;
  readonly fix: Prose;
  readonly got?: Prose;
  readonly expected?: Prose;
}

/** A problem whose texts may refer to settings. */
export type Written = Omit<Problem, keyof ProblemProse | "prose"> & {
  readonly [Text in keyof ProblemProse]: string | ProblemProse[Text];
};

export type Path = readonly (string | number)[];

/** Carries problems through code that can only throw. */
export class ProblemError extends Error {
  readonly problems: readonly Problem[];

  constructor(...problems: Problem[]) {
    super(problems.map((problem) => renderProblem(problem)).join("\n\n"));
    this.name = "ProblemError";
    this.problems = problems;
  }
}

/** A limit for every message, whatever a system returns: people read it. */
const LONGEST_FACT = 6_000;

/** Masks what is secret in a text. */
type Redact = (text: string) => string;

/** Leaves a text unchanged, where nothing is known to be secret. */
const asItIs: Redact = (text) => text;

/** Renders the first line of a problem: redacted while the text is raw, then cleaned. */
export const problemSummary = ({ summary }: Problem, redact = asItIs): string => printableLine(redact(summary));

/** Renders the body of a problem below its summary, one line for each fact. */
export function problemDetail(problem: Problem, redact = asItIs): string {
  const { got, expected, fix, evidence, code, attachment } = problem;
  const fact = (text: string) => redact(cutShort(printableBlock(redact(text)), LONGEST_FACT));
  const lines = [
    got === undefined ? undefined : `Got: ${fact(got)}`,
    expected === undefined ? undefined : `Expected: ${fact(expected)}`,
    `What to do: ${fact(fix)}`,
    evidence === undefined ? undefined : `Answer: ${fact(evidence)}`,
    `(${code})`,
    attachment === undefined ? undefined : `\n${printableLines(redact(attachment))}`,
  ];
  return lines.filter((line) => line !== undefined).join("\n");
}

/** Renders a whole problem, for errors thrown at synth and for the console. */
export function renderProblem(problem: Problem, redact = asItIs): string {
  const where = problem.path?.length ? ` (${printableLine(redact(renderPath(problem.path)))})` : "";
  return `${problemSummary(problem, redact)}${where}\n${problemDetail(problem, redact)}`;
}

/** Writes a path as HCL does: `ovh.endpoint`, `via[0].id`. */
export function renderPath(path: Path): string {
  return path.map((step, index) => (typeof step === "number" ? `[${step}]` : index === 0 ? step : `.${step}`)).join("");
}

/** Moves a problem to a deeper place: `path` is put in front of its own. */
export function problemAt(path: Path, problem: Problem): Problem {
  return { ...problem, path: [...path, ...(problem.path ?? [])] };
}

/**
 * Makes a problem of texts that may refer to settings: with the names of attributes, and as prose for readers who know other
 * names.
 */
export function written({ summary, fix, got, expected, ...rest }: Written): Problem {
  const more = {
    ...(got === undefined ? {} : { got: asProse(got) }),
    ...(expected === undefined ? {} : { expected: asProse(expected) }),
  };
  const prose: ProblemProse = { summary: asProse(summary), fix: asProse(fix), ...more };
  const isPlain = Object.values(prose).every((text: Prose) => text.every((part) => typeof part === "string"));
  return { ...rest, ...rendered(prose, asAttribute), ...(isPlain ? {} : { prose }) };
}

const rendered = ({ summary, fix, got, expected }: ProblemProse, name: NameOfSetting) => ({
  summary: renderProse(summary, name),
  fix: renderProse(fix, name),
  ...(got === undefined ? {} : { got: renderProse(got, name) }),
  ...(expected === undefined ? {} : { expected: renderProse(expected, name) }),
});

/** Renders summary and fix that refer to settings: with the names of attributes, and as prose for other readers. */
export function inProse(
  summary: string | Prose,
  fix: string | Prose,
): Required<Pick<Problem, "summary" | "fix" | "prose">> {
  const prose = { summary: asProse(summary), fix: asProse(fix) };
  return { summary: renderProse(prose.summary, asAttribute), fix: renderProse(prose.fix, asAttribute), prose };
}

const asProse = (text: string | Prose): Prose => (typeof text === "string" ? [text] : text);

/** Changes the summary or the fix of a problem; each is derived from the present one. */
export function restated(
  problem: Problem,
  summary: (own: Prose) => Prose,
  fix: (own: Prose) => Prose = (own) => own,
): Problem {
  const own = problem.prose ?? { summary: [problem.summary], fix: [problem.fix] };
  const said = inProse(summary(own.summary), fix(own.fix));
  return { ...problem, ...said, prose: { ...problem.prose, ...said.prose } };
}

/** Rewrites a problem for a reader who knows the settings by these names. */
export function problemInTerms(problem: Problem, name: NameOfSetting): Problem {
  const { prose, ...rest } = problem;
  if (prose === undefined) return problem;
  return { ...rest, ...rendered(prose, name) };
}
