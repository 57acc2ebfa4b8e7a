// Lays the chunks that esbuild makes into files: as many as commands need together lie in one file.
import { basename } from "node:path";

/**
 * @param {Readonly<Record<string, { bytes: number, imports: { path: string, kind: string, external?: boolean }[] }>>} outputs
 * @param {ReadonlyMap<string, string>} chunks CommonJS, by the names of the outputs
 * @param {string} main where the program begins
 * @returns {Map<string, string>} the texts of the files, by their names; the one that begins is called as its chunk
 */
export function filesOf(outputs, chunks, main) {
  const graph = new Map(Object.entries(outputs).map(([path, { imports }]) => [basename(path), importsOf(imports)]));
  const begin = closure(graph, [main]);
  const commands = graph.get(main).later;
  /** What is loaded with a command, and with what it loads itself once it is run. */
  const needs = new Map(commands.map((command) => [command, closure(graph, [command, ...graph.get(command).later])]));
  const place = new Map();
  for (const chunk of graph.keys()) {
    const wanted = commands.filter((command) => needs.get(command).has(chunk));
    place.set(chunk, begin.has(chunk) ? main : wanted.length > 0 ? wanted.join("+") : chunk);
  }
  return texts(place, chunks, main);
}

function importsOf(imports) {
  const own = imports.filter(({ external }) => !external);
  const of = (lazily) =>
    own.filter(({ kind }) => (kind === "dynamic-import") === lazily).map(({ path }) => basename(path));
  return { now: of(false), later: of(true) };
}

function closure(graph, begin, found = new Set()) {
  for (const chunk of begin) {
    if (found.has(chunk)) continue;
    found.add(chunk);
    closure(graph, graph.get(chunk).now, found);
  }
  return found;
}
