import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { PROVIDER_SOURCE } from "../../lib/package/identity";

// llms.txt: what the package is, and its pages in order, for programs that read before they write.

const root = join(__dirname, "../..");
const text = readFileSync(join(root, "llms.txt"), "utf8");
const links = [...text.matchAll(/\]\(([^)]+)\)/g)].map(([, path]) => path!);

it("has the form of llmstxt.org: one title, what it is in a quotation, sections of links", () => {
  const [title, blank, quotation] = text.split("\n");
  expect(title).toBe("# cdktf-provider-outbound");
  expect(blank).toBe("");
  expect(quotation).toMatch(/^> /);
  for (const section of text.split(/^## .*$/m).slice(1)) {
    for (const line of section.trim().split("\n")) expect(line).toMatch(/^- \[[^\]]+\]\([^)]+\)(: .+)?$/);
  }
});

it("leads to files that are in the package", () => {
  const { files } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { files: string[] };
  expect(files).toContain("llms.txt");
  for (const path of links) {
    expect({ path, exists: existsSync(join(root, path)) }).toEqual({ path, exists: true });
    const top = path.split("/")[0]!;
    expect({ path, packed: top === "README.md" || files.includes(top) }).toEqual({ path, packed: true });
  }
});

it("names every page of docs, each once, and stays short", () => {
  const pages = readdirSync(join(root, "docs"))
    .filter((name) => name.endsWith(".md"))
    .map((name) => `docs/${name}`);
  expect(links).toEqual(expect.arrayContaining(pages));
  expect(new Set(links).size).toBe(links.length);
  expect(text.length).toBeLessThan(4_000);
});

it("says what is so", () => {
  const { engines } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { engines: { node: string } };
  expect(text).toContain(PROVIDER_SOURCE);
  expect(text).toContain(`Node.js ${engines.node.replace(">=", "")} or later`);
});
