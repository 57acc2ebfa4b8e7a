import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const root = join(__dirname, "../..");
const text = readFileSync(join(root, "ARCHITECTURE.md"), "utf8");
const modules = readdirSync(join(root, "lib"), { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith(".ts"))
  .map((path) => `/${path.replaceAll("\\", "/").slice(0, -3)}`);

it("has at most a hundred lines", () => {
  expect(text.trimEnd().split("\n").length).toBeLessThanOrEqual(100);
});

it("walks along modules that are there", () => {
  const [, walks = ""] = /^## Three walks$([^]*?)^## /m.exec(text) ?? [];
  const all = walks.split(/^- /m).slice(1);
  expect(all).toHaveLength(3);
  for (const walk of all) {
    const named = [...walk.matchAll(/`([a-z][\w./-]*)`/g)].map(([, name]) => name!.replace(/\.ts$/, ""));
    expect(named.length).toBeGreaterThan(8);
    for (const name of named.slice(1)) {
      expect([name, modules.some((path) => path.endsWith(`/${name}`) || path.endsWith(`/${name}/index`))]).toEqual([
        name,
        true,
      ]);
    }
  }
});
