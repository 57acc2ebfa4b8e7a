// What esbuild's chunks of a split program import, by their names.
import { basename } from "node:path";

/**
 * @param {Readonly<Record<string, { imports: readonly { path: string, kind: string, external?: boolean }[] }>>} outputs
 * of the metafile
 * @returns {Map<string, { now: string[], later: string[] }>} by chunk: what it loads before it runs, and what it may load
 * once it does
 */
export function chunkGraph(outputs) {
  return new Map(Object.entries(outputs).map(([path, { imports }]) => [basename(path), importsOf(imports)]));
}

/** The chunks, with all that they load before they run. */
export function closure(graph, begin, found = new Set()) {
  for (const chunk of begin) {
    if (found.has(chunk)) continue;
    found.add(chunk);
    closure(graph, graph.get(chunk).now, found);
  }
  return found;
}

function importsOf(imports) {
  const own = imports.filter(({ external }) => !external);
  const paths = (some) => [...new Set(some.map(({ path }) => basename(path)))].sort();
  return {
    now: paths(own.filter(({ kind }) => kind !== "dynamic-import")),
    later: paths(own.filter(({ kind }) => kind === "dynamic-import")),
  };
}
