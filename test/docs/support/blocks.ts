import { readFileSync, readdirSync } from "node:fs";
import { join, relative, resolve } from "node:path";

export const ROOT = resolve(__dirname, "../../..");

/** A fenced block of a page. */
export interface Block {
  /** `docs/sandbox.md:12`, of its first line. */
  readonly where: string;
  readonly page: Page;
  readonly line: number;
  readonly language: string;
  readonly text: string;
  /** Read together with the block of its language before it: `<!-- continues -->`. */
  readonly continues: Block | undefined;
  /** Why nobody checks it: `<!-- not checked: the reason -->`. */
  readonly unchecked: string | undefined;
}

export interface Page {
  readonly path: string;
  readonly text: string;
  /** What the fragments of the page stand in, by language: `<!-- hcl frame`, then its lines, then `-->`. */
  readonly frames: Readonly<Record<string, string>>;
}

/** The pages for users: README and CONTRIBUTING, all in docs/, and those that lie beside the examples. */
export function pages(): readonly Page[] {
  const below = (folder: string) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
      .filter((path) => path.endsWith(".md") && !path.includes("node_modules"))
      .map((path) => join(folder, path));
  return ["README.md", "CONTRIBUTING.md", ...below("docs"), ...below("examples")].map((path) =>
    pageOf(join(ROOT, path)),
  );
}

function pageOf(path: string): Page {
  const text = readFileSync(path, "utf8");
  const frames = [...text.matchAll(/^<!-- (\w+) frame\n([\s\S]*?)^-->/gm)].map(([, language, frame]) => [
    language,
    frame,
  ]);
  return { path: relative(ROOT, path), text, frames: Object.fromEntries(frames) as Record<string, string> };
}

const LANGUAGES: Readonly<Record<string, string>> = {
  typescript: "ts",
  terraform: "hcl",
  tf: "hcl",
  sh: "console",
  shell: "console",
  bash: "console",
  yml: "yaml",
};

export function blocksOf(page: Page): readonly Block[] {
  const lines = page.text.split("\n");
  const blocks: Block[] = [];
  for (let at = 0; at < lines.length; at++) {
    const fence = /^( *)(`{3,}|~{3,})([\w+-]*)/.exec(lines[at]!);
    if (fence === null) continue;
    const [, indent, mark, word] = fence as unknown as [string, string, string, string];
    const end = lines.findIndex((line, index) => index > at && line.trim() === mark);
    if (end < 0) throw new Error(`${page.path}:${at + 1}: this block has no end`);
    const language = LANGUAGES[word] ?? word;
    const remark = lines.slice(0, at).findLast((line) => line.trim() !== "") ?? "";
    const before = blocks.findLast((block) => block.language === language);
    if (/^ *<!-- continues -->/.test(remark) && before === undefined) {
      throw new Error(`${page.path}:${at + 1}: there is nothing that this block could continue`);
    }
    blocks.push({
      where: `${page.path}:${at + 2}`,
      page,
      line: at + 2,
      language,
      text: lines
        .slice(at + 1, end)
        .map((line) => line.slice(line.startsWith(indent) ? indent.length : 0))
        .join("\n"),
      continues: /^ *<!-- continues -->/.test(remark) ? before : undefined,
      unchecked: /^ *<!-- not checked: (.+) -->/.exec(remark)?.[1],
    });
    at = end;
  }
  return blocks;
}
