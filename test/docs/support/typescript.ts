import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import ts from "typescript";
import { ROOT, type Block } from "./blocks";

/** What every fragment may use, unless its page frames it otherwise. A program, which has imports, gets none of it. */
const FRAME: Readonly<Record<string, string>> = {
  app: "App",
  stack: "TerraformStack",
  construct: "Construct",
  relay: "SmtpServer",
  alerts: "AlertMail",
};

/** The packages of a user's project, ours through its `exports`. */
const PACKAGES = ["cdktf", "cdktn", "constructs", "@cdktf/provider-null", "@types/node", "@types/jest"];

const OPTIONS = {
  target: "ES2022",
  module: "Node16",
  moduleResolution: "Node16",
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  noPropertyAccessFromIndexSignature: true,
  esModuleInterop: true,
  skipLibCheck: true,
  types: ["node", "jest"],
  noEmit: true,
};

/** Whether a block is a program by itself. */
export const isProgram = ({ text }: Block): boolean => /^import .* from /m.test(text) || /^} from "/m.test(text);

/** For CDK Terrain, whose package is no dependency of ours. */
export const needsCdktn = ({ text }: Block): boolean => /from "(cdktn|cdktf-provider-outbound\/cdktn)"/.test(text);

export const hasCdktn = existsSync(join(ROOT, "node_modules/cdktn/package.json"));

/** The errors of each block, by where it stands; one run of the compiler for all of them. */
export function typeErrors(blocks: readonly Block[]): ReadonlyMap<Block, readonly string[]> {
  const folder = mkdtempSync(join(tmpdir(), "outbound-docs-ts-"));
  try {
    for (const name of PACKAGES) link(folder, name, join(ROOT, "node_modules", name));
    link(folder, "cdktf-provider-outbound", ROOT);
    writeFileSync(join(folder, "package.json"), JSON.stringify({ type: "module" }));
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions: OPTIONS, include: ["*.ts"] }));
    const sources = blocks.map(sourceOf);
    for (const [index, { text }] of sources.entries()) writeFileSync(join(folder, `block-${index}.ts`), text);
    const tsc = join(ROOT, "node_modules/typescript/bin/tsc");
    const { stdout } = spawnSync(process.execPath, [tsc, "-p", "."], { cwd: folder, encoding: "utf8" });
    const errors = new Map<Block, string[]>(blocks.map((block) => [block, []]));
    for (const [, index, line, message] of stdout.matchAll(/^block-(\d+)\.ts\((\d+),\d+\): (.*(?:\n .*)*)/gm)) {
      const block = blocks[Number(index)]!;
      const at = block.line + Number(line) - 1 - sources[Number(index)]!.before;
      errors.get(block)!.push(`${block.page.path}:${at}: ${message}`);
    }
    if (stdout !== "" && [...errors.values()].every((found) => found.length === 0)) throw new Error(stdout);
    return errors;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function link(folder: string, name: string, target: string): void {
  if (!existsSync(target)) return;
  const path = join(folder, "node_modules", name);
  mkdirSync(dirname(path), { recursive: true });
  symlinkSync(target, path);
}

interface Source {
  readonly text: string;
  /** How many lines stand before those of the block. */
  readonly before: number;
}

function sourceOf(block: Block): Source {
  const lines = isProgram(block) ? [] : fragmentFrame(block);
  const before = block.continues === undefined ? [] : sourceOf(block.continues).text.split("\n");
  const closing = isProgram(block) ? "export {};" : "}";
  return { text: [...lines, ...before, block.text, closing].join("\n"), before: lines.length + before.length };
}

/** A function of a stack, in which everything that the package exports can be named. */
function fragmentFrame({ page }: Block): readonly string[] {
  const frame = page.frames["ts"] ?? "";
  const declares = (name: string) => new RegExp(`\\b(const|let|class|function|interface|type) ${name}\\b`).test(frame);
  const names = exportedNames().filter((name) => !declares(name));
  return [
    `import { App, TerraformOutput, TerraformStack, TerraformVariable } from "cdktf";`,
    `import type { Construct } from "constructs";`,
    `import { ${names.join(", ")} } from "cdktf-provider-outbound";`,
    ...Object.entries(FRAME).flatMap(([name, type]) => (declares(name) ? [] : [`declare const ${name}: ${type};`])),
    ...frame.split("\n"),
    "export async function fragment(this: TerraformStack) {",
  ];
}

function exportedNames(): readonly string[] {
  const path = join(ROOT, "dist/lib/index.d.ts");
  const source = ts.createSourceFile(path, readFileSync(path, "utf8"), ts.ScriptTarget.ES2022);
  return source.statements.flatMap((statement) =>
    ts.isExportDeclaration(statement) &&
    statement.exportClause !== undefined &&
    ts.isNamedExports(statement.exportClause)
      ? statement.exportClause.elements.map(({ name }) => name.text)
      : [],
  );
}
