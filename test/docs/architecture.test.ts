import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { drawnArrows, follows, roomsOf, importsBetweenRooms, sourcesBelow } from "./support/arrows";
import { ROOT } from "./support/blocks";

const text = readFileSync(join(ROOT, "ARCHITECTURE.md"), "utf8");
const modules = sourcesBelow("lib").map((path) => path.slice("lib".length, -".ts".length));

it("has at most a hundred lines", () => {
  expect(text.trimEnd().split("\n").length).toBeLessThanOrEqual(100);
});

it("has a row for each folder of lib", () => {
  const rows = [...text.matchAll(/^\| `lib\/([\w-]+)`/gm)].map(([, folder]) => folder);
  const folders = readdirSync(join(ROOT, "lib"), { withFileTypes: true }).filter((entry) => entry.isDirectory());
  expect(rows.sort()).toEqual(folders.map(({ name }) => name).sort());
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

describe("the picture", () => {
  const drawn = drawnArrows(text);
  const imports = importsBetweenRooms();

  it("has every room of the code, and no other", () => {
    expect([...roomsOf(drawn)].sort()).toEqual([...roomsOf(imports)].sort());
  });

  it("has no arrow without an import", () => {
    expect([...drawn].filter((arrow) => !imports.has(arrow))).toEqual([]);
  });

  it("has every import, as an arrow or because it follows from arrows", () => {
    expect([...imports].filter((arrow) => !follows(arrow, drawn))).toEqual([]);
  });

  it("has no arrow that follows from others", () => {
    const others = (arrow: string) => new Set([...drawn].filter((one) => one !== arrow));
    expect([...drawn].filter((arrow) => follows(arrow, others(arrow)))).toEqual([]);
  });
});
