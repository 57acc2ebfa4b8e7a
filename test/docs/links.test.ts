import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { pages, ROOT } from "./support/blocks";

// What a page links to is there, the heading behind a # included.

const read = (path: string) => readFileSync(join(ROOT, path), "utf8").replace(/^ *```[^]*?^ *```/gm, "");
const OTHERS = [
  "ARCHITECTURE.md",
  "CHANGELOG.md",
  "llms.txt",
  "lib/systems/kit/README.md",
  "lib/terraform-plugin/README.md",
];
const all = [...pages().map(({ path }) => path), ...OTHERS];

/** As GitHub makes them: letters, digits and hyphens of the heading, numbered from the second of a name on. */
function anchorsOf(path: string): ReadonlySet<string> {
  const seen = new Map<string, number>();
  return new Set(
    [...read(path).matchAll(/^#+ (.+)$/gm)].map(([, heading]) => {
      const anchor = heading!
        .replace(/\[([^\]]+)\]\([^)]*\)/g, "$1")
        .toLowerCase()
        .replace(/[^\p{L}\p{N} _-]/gu, "")
        .replaceAll(" ", "-");
      const count = seen.get(anchor) ?? 0;
      seen.set(anchor, count + 1);
      return count === 0 ? anchor : `${anchor}-${count}`;
    }),
  );
}

/** What is wrong with a link, undefined for nothing. */
function mistakeIn(page: string, link: string): string | undefined {
  const [target, anchor] = link.split("#") as [string, string?];
  const path = target === "" ? page : join(dirname(page), target);
  if (!existsSync(join(ROOT, path))) return `${link}: there is no ${path}`;
  if (anchor === undefined || !path.endsWith(".md") || statSync(join(ROOT, path)).isDirectory()) return undefined;
  return anchorsOf(path).has(anchor) ? undefined : `${link}: ${path} has no such heading`;
}

const linksOf = (page: string) =>
  [...read(page).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link]) => link!).filter((link) => !/^[a-z]+:/i.test(link));

it.each(all)("%s links to pages and headings that are there", (page) => {
  expect(linksOf(page).flatMap((link) => mistakeIn(page, link) ?? [])).toEqual([]);
});

it("finds what is not there", () => {
  expect(mistakeIn("README.md", "docs/sandbox.md#inbox")).toBeUndefined();
  expect(mistakeIn("README.md", "docs/sandbox.md#outbox")).toBeDefined();
  expect(mistakeIn("docs/sandbox.md", "nowhere.md")).toBeDefined();
});
