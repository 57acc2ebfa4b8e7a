// Defers what a CommonJS module requires to the first use: most runs use few of the modules that they could reach.

/** As TypeScript writes it. By this form alone, Node.js tells who imports the module which names it has. */
const PASSED_ON =
  /^Object\.defineProperty\(exports, "\w+", \{ enumerable: true, get: function \(\) \{ return (\w+)\.(\w+); \} \}\);$/gm;

/**
 * Imports that a module uses while it is evaluated are loaded at that time, as before; so are those that it requires for
 * their effect, and whole modules under a name of their own (`import * as`).
 *
 * @param {string} code as a compiler wrote it
 * @param {string} names a pattern for the compiler's names of modules, which nothing else has
 */
export function loadedWhenUsed(code, names) {
  const passedOn = new Map();
  for (const [, name, member] of code.matchAll(PASSED_ON))
    passedOn.set(name, (passedOn.get(name) ?? new Set()).add(member));
  const found = [];
  const declaration = new RegExp(`^(?:const|var) (${names}) = (require\\("[^"]+"\\));$`, "gm");
  const lazy = code.replace(declaration, (_, name, load) => {
    found.push(name);
    const get = `const value = ${load}; Object.defineProperty(this, "now", { value }); return value;`;
    const members = [...(passedOn.get(name) ?? [])].map((member) => `, get ${member}() { return this.now.${member}; }`);
    return `var ${name} = { get now() { ${get} }${members.join("")} };`;
  });
  if (found.length === 0) return code;
  const use = new RegExp(`\\b(${found.join("|")})\\.`, "g");
  return lazy
    .split("\n")
    .map((line) => (line.search(PASSED_ON) === 0 ? line : line.replace(use, "$1.now.")))
    .join("\n");
}
