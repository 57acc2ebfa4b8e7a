// Groups the chunks of a program into files: chunks that the same commands need share one.
import { chunkGraph, closure } from "./chunk-graph.mjs";

/** A chunk with more characters has a file of its own, so that small ones can be read without it. */
const LARGE = 65_536;

/**
 * @param {Readonly<Record<string, { imports: readonly { path: string, kind: string, external?: boolean }[] }>>} outputs
 * of the metafile
 * @param {ReadonlyMap<string, string>} chunks their texts as CommonJS, by name
 * @param {string} main where the program begins
 * @returns {Map<string, string>} texts by the names of files
 */
export function filesOf(outputs, chunks, main) {
  const graph = chunkGraph(outputs);
  const isLarge = (chunk) => chunks.get(chunk).length > LARGE;
  const places = placesOf(graph, main, isLarge);
  const files = new Map();
  for (const [chunk, file] of [...places].sort()) {
    // The parentheses make V8 compile the function at once instead of parsing it twice.
    const wrapped = `${JSON.stringify(chunk)}: (function (module, exports, require) {\n${chunks.get(chunk)}})`;
    files.set(file, [...(files.get(file) ?? []), wrapped]);
  }
  const start = loader(Object.fromEntries([...places].sort()), main);
  return new Map(
    [...files].map(([file, all]) => {
      const text = `"use strict";\nmodule.exports = {\n${all.join(",\n")}\n};\n`;
      return [file, file === main ? `${text}${start}` : text];
    }),
  );
}

/** The file of each chunk. */
function placesOf(graph, main, isLarge) {
  const always = closure(graph, [main]);
  const commands = graph.get(main).later.map((command) => {
    // Includes what it loads when it runs; its help and a wrong option do without.
    const needs = closure(graph, [command, ...graph.get(command).later]);
    return { command, needs, first: closure(graph, [command]) };
  });
  const named = new Map();
  const places = new Map();
  for (const chunk of [...graph.keys()].sort()) {
    if (always.has(chunk)) {
      places.set(chunk, main);
      continue;
    }
    const those = (use) => commands.filter((command) => command[use].has(chunk)).map(({ command }) => command);
    const users = those("needs");
    const firstUsers = those("first");
    const key = `${users.join()} ${firstUsers.join()}`;
    const shared = () => named.get(key) ?? named.set(key, `shared-${named.size + 1}.js`).get(key);
    const alone = users.length === 0 || isLarge(chunk);
    places.set(chunk, alone ? chunk : users.length === 1 && firstUsers.length === 1 ? users[0] : shared());
  }
  return places;
}

/** Behind the chunks of the first file. */
const loader = (places, main) => `
const places = ${JSON.stringify(places, undefined, 2)};
const own = module.exports;
const loaded = new Map();
function load(name) {
  if (!name.startsWith("./")) return require(name);
  const chunk = name.slice(2);
  let module = loaded.get(chunk);
  if (module === undefined) {
    loaded.set(chunk, (module = { exports: {} }));
    const file = places[chunk];
    const chunks = file === ${JSON.stringify(main)} ? own : require("./" + file);
    chunks[chunk](module, module.exports, load);
  }
  return module.exports;
}
load(${JSON.stringify(`./${main}`)});
`;
