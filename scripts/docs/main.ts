// `npm run docs`: writes docs/reference, docs/mail-diagnosis.md, docs/guides.md and schemas/ from what they are about, or with
// --check says what is out of date.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { generatedFiles, type Files } from "./pages";

const folder = resolve(__dirname, "../../docs/reference");

function check(wanted: Files): number {
  const stale = [...wanted].filter(([path, text]) => read(join(folder, path)) !== text).map(([path]) => path);
  const extra = existing().filter((path) => !wanted.has(path));
  for (const path of stale) console.error(`out of date: ${join("docs/reference", path)}`);
  for (const path of extra) console.error(`no longer generated: docs/reference/${path}`);
  if (stale.length + extra.length === 0) return 0;
  console.error("Run `npm run docs` and commit what it changes.");
  return 1;
}

function write(wanted: Files): number {
  rmSync(folder, { recursive: true, force: true });
  for (const [path, text] of wanted) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  console.error(`wrote ${wanted.size} files`);
  return 0;
}

const read = (path: string): string | undefined => (existsSync(path) ? readFileSync(path, "utf8") : undefined);

function existing(): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)));
}

const files = generatedFiles();
process.exitCode = process.argv.includes("--check") ? check(files) : write(files);
