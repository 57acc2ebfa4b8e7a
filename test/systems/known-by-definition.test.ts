import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { systems } from "../../lib/systems";

const LIB = join(__dirname, "../../lib");

/** Plays through one concrete stack, so it may name what stands in it. */
const CONCRETE = /^cli\/demo\//;

const files = readdirSync(LIB, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
  .map((entry) => relative(LIB, join(entry.parentPath, entry.name)).replaceAll("\\", "/"))
  .filter((path) => !path.startsWith("systems/") && !CONCRETE.test(path));

/** Comments may give an example of a type. */
const code = (path: string) =>
  readFileSync(join(LIB, path), "utf8")
    .replace(/\/\*[\s\S]*?\*\//g, "")
    .replace(/(^|\s)\/\/.*$/gm, "");

it("outside its folder, a system is known by its definition, never by a type's name or a part of it", () => {
  const types = systems.flatMap(({ resources, dataSources, ephemeralResources = [] }) =>
    [...resources, ...dataSources, ...ephemeralResources].map(({ schema }) => schema.type),
  );
  const prefixes = new Set(types.map((type) => type.split("_").slice(0, 2).join("_")));
  const named = new RegExp([...prefixes].join("|"));
  expect(prefixes.size).toBeGreaterThanOrEqual(systems.length);
  expect(files.length).toBeGreaterThan(100);
  expect(files.filter((path) => named.test(code(path)))).toEqual([]);
});

it("and no pattern cuts a type to pieces", () => {
  expect(files.filter((path) => /outbound_\(|\^outbound_|"outbound_"/.test(code(path)))).toEqual([]);
});
