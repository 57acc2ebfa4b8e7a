import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import * as ts from "typescript";
import { expectLinear } from "../support/growth";

/** Every regular expression that is written or put together in lib, played with what makes bad ones slow. The linter judges their form, this their work. */

const LIB = join(__dirname, "../../lib");
/** Rows see no more than what `wordsOf` leaves of a reply. */
const CUT_BEFORE = join("mail", "diagnosis", "refusals", "rows") + sep;

interface Expression {
  readonly where: string;
  readonly pattern: RegExp;
}

function expressionsIn(file: string): Expression[] {
  const source = ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.ESNext, true);
  const found: Expression[] = [];
  const note = (node: ts.Node, pattern: RegExp) => {
    const line = source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1;
    found.push({ where: `lib/${relative(LIB, file)}:${line} ${node.getText()}`, pattern });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isRegularExpressionLiteral(node)) note(node, valueOf(node, source) as RegExp);
    if (ts.isNewExpression(node) && node.expression.getText() === "RegExp") note(node, valueOf(node, source) as RegExp);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** What stands for what only a caller knows: a text, or the parts of one. */
const UNKNOWN = ["x"];

/** The value of an expression whose names are constants of the file or imported ones; each other name is {@link UNKNOWN}. */
function valueOf(node: ts.Expression, source: ts.SourceFile): unknown {
  const names = new Set<string>();
  const collect = (inner: ts.Node): void => {
    if (ts.isIdentifier(inner) && !(inner.text in globalThis) && !isMember(inner)) names.add(inner.text);
    ts.forEachChild(inner, collect);
  };
  collect(node);
  const { outputText } = ts.transpileModule(`(${node.getText()})`, {
    compilerOptions: { target: ts.ScriptTarget.ESNext },
  });
  const values = [...names].map((name) => named(name, source));
  return new Function(...names, `return ${outputText}`)(...values) as unknown;
}

const isMember = (name: ts.Identifier) => ts.isPropertyAccessExpression(name.parent) && name.parent.name === name;

function named(name: string, source: ts.SourceFile): unknown {
  for (const statement of source.statements) {
    if (
      ts.isImportDeclaration(statement) &&
      new RegExp(`\\b${name}\\b`).test(statement.importClause?.getText() ?? "")
    ) {
      const path = (statement.moduleSpecifier as ts.StringLiteral).text;
      // Its value is needed, not its text.
      // eslint-disable-next-line @typescript-eslint/no-require-imports -- whichever module it is, it is named in the code
      return (require(path.startsWith(".") ? join(dirname(source.fileName), path) : path) as Record<string, unknown>)[
        name
      ];
    }
    if (!ts.isVariableStatement(statement)) continue;
    const found = statement.declarationList.declarations.find((one) => one.name.getText() === name);
    if (found?.initializer !== undefined) return valueOf(found.initializer, source);
  }
  return UNKNOWN;
}

const all = (readdirSync(LIB, { recursive: true }) as string[])
  .filter((name) => name.endsWith(".ts") && !name.includes(CUT_BEFORE))
  .flatMap((name) => expressionsIn(join(LIB, name)));
const expressions = [...new Map(all.map((one) => [String(one.pattern), one])).values()];

const REPEATED = [
  ...[
    " ",
    "\t",
    "\n",
    "\r",
    "\u2028",
    "\\",
    '"',
    "'",
    "`",
    "(",
    "[",
    "{",
    "<",
    ">",
    "=",
    "/",
    "-",
    ".",
    "_",
    "@",
    ":",
    ",",
    ";",
  ],
  ...[
    "#",
    "?",
    "&",
    "%",
    "$",
    "*",
    "!",
    "a",
    "A",
    "0",
    "a.",
    "a-",
    "1-",
    "1.",
    "a b",
    "--\r",
    "\n ",
    "/*",
    "${",
    "<script",
    "::a ",
  ],
];

/** What an expression itself looks for begins most of its attempts: its words, and all that it begins with. */
const wordsOf = ({ source }: RegExp) => {
  const beginning = /^\^?((?:[^\\[\]{}*+?.|^$]|\\[^\w\s])+)(?![*+?{])/.exec(source.replace(/(?<!\\)[()]/g, ""));
  const words = source
    .replace(/\\(?:[a-z]|u[0-9a-f]{4})/gi, "|")
    .replaceAll("\\", "")
    .match(/[\w:/<({"'=&?#$-]{2,}/g);
  const all = [beginning?.[1]?.replaceAll("\\", ""), ...(words ?? [])];
  return [...new Set(all.filter((word) => word !== undefined && word !== ""))] as string[];
};

/** A character that no expression expects there ends a text, so that whatever fits before is tried again and again. */
function attacksOn({ pattern }: Expression): readonly ((length: number) => string)[] {
  const words = wordsOf(pattern).slice(0, 4);
  const repeated = (begin: string, part: string) => (length: number) =>
    `${begin}${part.repeat(Math.ceil(length / part.length))}\u2028\u0000`;
  return [
    ...[...REPEATED, ...words].map((part) => repeated("", part)),
    ...words.flatMap((word) => [" ", "a", "0", "\\"].map((part) => repeated(word, part))),
    ...words.map((word) => repeated("", `${word} `)),
  ];
}

const play = ({ pattern }: Expression, text: string) => text.replace(pattern, "");

/** One step a character takes a fraction of this; its square, many times as much. */
const SUSPICIOUS_MS = 2;
const LENGTH = 16_000;

function isSlow(expression: Expression, text: string): boolean {
  const began = process.cpuUsage();
  play(expression, text);
  return process.cpuUsage(began).user > SUSPICIOUS_MS * 1_000;
}

it("finds them", () => {
  expect(expressions.length).toBeGreaterThan(300);
  const putTogether = all.filter(({ where }) => where.includes("new RegExp("));
  expect(putTogether.length).toBeGreaterThan(15);
  expect(putTogether.filter(({ pattern }) => pattern.source.includes("undefined"))).toEqual([]);
});

it("takes steps in proportion to the text's length, whatever it is", async () => {
  const slow: string[] = [];
  for (const expression of expressions) {
    for (const attack of attacksOn(expression)) {
      if (!isSlow(expression, attack(LENGTH))) continue;
      const isLinear = await expectLinear(4 * LENGTH, (length) => play(expression, attack(length))).then(
        () => true,
        () => false,
      );
      if (isLinear) continue;
      slow.push(`${expression.where} by ${JSON.stringify(attack(30))}`);
      break;
    }
  }
  expect(slow).toEqual([]);
}, 300_000);
