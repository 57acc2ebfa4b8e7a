import { orchestrator } from "./refusal";

export type ODataRow = Readonly<Record<string, unknown>>;
export type Predicate = (row: ODataRow) => boolean;
type Operand = (row: ODataRow) => unknown;

const TOKEN = /\s*(?:('(?:[^']|'')*')|([A-Z_$][\w./]*)|(-?\d+(?:\.\d+)?)|([(),]))/iy;

const COMPARISONS: Readonly<Record<string, (a: unknown, b: unknown) => boolean>> = {
  eq: (a, b) => a === b,
  ne: (a, b) => a !== b,
  gt: (a, b) => order(a, b) > 0,
  ge: (a, b) => order(a, b) >= 0,
  lt: (a, b) => order(a, b) < 0,
  le: (a, b) => order(a, b) <= 0,
};

const TEXT_TESTS: Readonly<Record<string, (text: string, part: string) => boolean>> = {
  contains: (text, part) => text.includes(part),
  startswith: (text, part) => text.startsWith(part),
  endswith: (text, part) => text.endsWith(part),
};

const TEXT_CHANGES: Readonly<Record<string, (text: string) => string>> = {
  tolower: (text) => text.toLowerCase(),
  toupper: (text) => text.toUpperCase(),
  trim: (text) => text.trim(),
};

const invalid = (why: string) => orchestrator(400, `Invalid OData query options: ${why}`, 1000);

/**
 * Compiles an OData `$filter` to a predicate on rows: comparisons, `in`, `contains` and the like, joined by `and`, `or` and
 * `not`.
 */
export function filter(text: string, properties: ReadonlySet<string>): Predicate {
  const parser = new FilterParser(tokens(text), properties);
  return parser.whole();
}

function tokens(text: string): string[] {
  const found: string[] = [];
  for (TOKEN.lastIndex = 0; TOKEN.lastIndex < text.trimEnd().length;) {
    const at = TOKEN.lastIndex;
    const match = TOKEN.exec(text);
    if (match === null) throw invalid(`syntax error at position ${at} in '${text}'`);
    found.push(match[0].trim());
  }
  return found;
}

class FilterParser {
  private at = 0;

  constructor(
    private readonly tokens: readonly string[],
    private readonly properties: ReadonlySet<string>,
  ) {}

  whole(): Predicate {
    const test = this.either();
    if (this.at < this.tokens.length) throw invalid(`'${this.tokens[this.at]}' was not expected`);
    return test;
  }

  private either(): Predicate {
    const first = this.both();
    if (!this.takes("or")) return first;
    const second = this.either();
    return (row) => first(row) || second(row);
  }

  private both(): Predicate {
    const first = this.one();
    if (!this.takes("and")) return first;
    const second = this.both();
    return (row) => first(row) && second(row);
  }

  private one(): Predicate {
    if (this.takes("not")) {
      const inner = this.one();
      return (row) => !inner(row);
    }
    if (this.takes("(")) {
      const inner = this.either();
      this.must(")");
      return inner;
    }
    const left = this.operand();
    if (this.takes("in")) return this.among(left);
    const comparison = this.tokens[this.at]?.toLowerCase() ?? "";
    const compare = Object.hasOwn(COMPARISONS, comparison) ? COMPARISONS[comparison] : undefined;
    // A function or a property may itself be true.
    if (compare === undefined) return (row) => left(row) === true;
    this.at++;
    const right = this.operand();
    return (row) => compare(left(row), right(row));
  }

  private among(left: Operand): Predicate {
    this.must("(");
    const values = [this.operand()];
    while (this.takes(",")) values.push(this.operand());
    this.must(")");
    return (row) => values.some((value) => value(row) === left(row));
  }

  private operand(): Operand {
    const token = this.tokens[this.at++];
    if (token === undefined) throw invalid("the expression is not complete");
    if (token.startsWith("'")) return constant(token.slice(1, -1).replaceAll("''", "'"));
    if (/^-?\d/.test(token)) return constant(Number(token));
    if (/^(?:true|false)$/i.test(token)) return constant(token.toLowerCase() === "true");
    if (token.toLowerCase() === "null") return constant(null);
    return this.tokens[this.at] === "(" ? this.call(token) : this.property(token);
  }

  private call(name: string): Operand {
    const key = name.toLowerCase();
    this.must("(");
    const first = this.operand();
    if (Object.hasOwn(TEXT_CHANGES, key)) {
      this.must(")");
      return (row) => TEXT_CHANGES[key]!(String(first(row) ?? ""));
    }
    if (!Object.hasOwn(TEXT_TESTS, key)) throw invalid(`an unknown function with name '${name}' was found`);
    this.must(",");
    const second = this.operand();
    this.must(")");
    return (row) => TEXT_TESTS[key]!(String(first(row) ?? ""), String(second(row) ?? ""));
  }

  private property(name: string): Operand {
    const key = [...this.properties].find((known) => known.toLowerCase() === name.toLowerCase());
    if (key === undefined) throw invalid(`could not find a property named '${name}'`);
    return (row) => row[key] ?? null;
  }

  private takes(token: string): boolean {
    if (this.tokens[this.at]?.toLowerCase() !== token) return false;
    this.at++;
    return true;
  }

  private must(token: string): void {
    if (!this.takes(token)) throw invalid(`'${token}' was expected`);
  }
}

const constant =
  (value: unknown): Operand =>
  () =>
    value;

/** Compares values; null is neither smaller nor greater than anything. */
function order(a: unknown, b: unknown): number {
  if (typeof a === "number" && typeof b === "number") return a - b;
  if (typeof a === "string" && typeof b === "string") return a < b ? -1 : a > b ? 1 : 0;
  return NaN;
}
