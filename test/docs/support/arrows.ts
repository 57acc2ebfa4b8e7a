import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import ts from "typescript";
import { ROOT } from "./blocks";

/** Arrows between rooms: `from to`. */
export type Arrows = ReadonlySet<string>;

/** The TypeScript below a folder of the project, as paths from its root. */
export const sourcesBelow = (folder: string): readonly string[] =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
    .map((path) => posix.join(folder, path.replaceAll("\\", "/")))
    .filter((path) => path.endsWith(".ts") && !path.includes("node_modules"));

/** The arrows of a page's flowchart, `from to`, but for the dotted ones: `a --> b & c --> d` has four. */
export function drawnArrows(page: string): Arrows {
  const [, chart = ""] = /^```mermaid\n([^]*?)^```/m.exec(page) ?? [];
  const arrows = new Set<string>();
  for (const line of chart.split("\n").filter((one) => one.includes("-->"))) {
    const stations = line.replace(/\["[^"]*"\]/g, "").split("-->");
    for (const [at, to] of stations.slice(1).entries()) {
      for (const source of names(stations[at]!)) for (const target of names(to)) arrows.add(`${source} ${target}`);
    }
  }
  return arrows;
}

const names = (station: string): readonly string[] => station.split("&").map((name) => name.trim());

/** What the rooms of the picture import of each other: `from to`. */
export function importsBetweenRooms(): Arrows {
  const arrows = new Set<string>();
  for (const path of ["lib", "stacks", "examples"].flatMap(sourcesBelow)) {
    const { importedFiles } = ts.preProcessFile(readFileSync(join(ROOT, path), "utf8"), true, true);
    for (const { fileName } of importedFiles) {
      const target = moduleOf(path, fileName);
      if (target !== undefined && roomOf(path) !== roomOf(target)) arrows.add(`${roomOf(path)} ${roomOf(target)}`);
    }
  }
  return arrows;
}

/** The file that an import of this project's own means; undefined for a package. */
function moduleOf(path: string, imported: string): string | undefined {
  if (/^cdktf-provider-outbound(\/cdktn)?$/.test(imported)) return "lib/index.ts";
  if (!imported.startsWith(".")) return undefined;
  const target = posix.join(dirname(path), imported);
  return existsSync(join(ROOT, `${target}.ts`)) ? `${target}.ts` : `${target}/index.ts`;
}

/** The name in the picture of the room that a file stands in. */
function roomOf(path: string): string {
  if (!path.startsWith("lib/")) return "users";
  if (path === "lib/index.ts") return "index";
  if (/^lib\/systems\/(.+target|outbound-provider)\.ts$/.test(path)) return "bindings";
  const [, folder, within, ...deeper] = path.split("/") as [string, string, ...string[]];
  if (folder === "terraform-plugin") return "plugin";
  if (folder !== "systems" || deeper.length === 0) return folder;
  return within === "kit" ? "kit" : "system";
}

export const roomsOf = (arrows: Arrows): ReadonlySet<string> =>
  new Set([...arrows].flatMap((arrow) => arrow.split(" ")));

/** Whether one room is reached from the other along arrows. */
export function follows(wanted: string, arrows: Arrows): boolean {
  const [from, to] = wanted.split(" ");
  const seen = new Set([from]);
  for (const room of seen) {
    for (const arrow of arrows) {
      const [source, target] = arrow.split(" ");
      if (source === room) seen.add(target);
    }
  }
  return seen.has(to);
}
