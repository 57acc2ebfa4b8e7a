import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

const LIB = join(__dirname, "../lib");

/** Built in each other's place: what the one has, the other has. */
const TWIN = /constructs\/for-cdktn$/;

/** The folders in which a type of this name is declared and exported, by name. */
function exportedTypes(): ReadonlyMap<string, ReadonlySet<string>> {
  const folders = new Map<string, Set<string>>();
  for (const file of readdirSync(LIB, { recursive: true, encoding: "utf8" })) {
    const folder = dirname(file);
    if (!file.endsWith(".ts") || TWIN.test(folder)) continue;
    const text = readFileSync(join(LIB, file), "utf8");
    for (const [, name] of text.matchAll(/^export (?:declare )?(?:abstract )?(?:interface|type|class) (\w+)/gm)) {
      folders.set(name!, (folders.get(name!) ?? new Set()).add(folder));
    }
  }
  return folders;
}

it("calls no two things by one name: an exported type has its own in all of lib", () => {
  const types = exportedTypes();
  // Of a thousand some would be found even if the expression above lost most of them.
  expect(types.size).toBeGreaterThan(900);
  const twice = [...types].filter(([, folders]) => folders.size > 1);
  expect(twice.map(([name]) => name)).toEqual([]);
});
