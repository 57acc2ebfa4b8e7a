import { readdirSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { problemInTerms, type Problem } from "../../lib/core/problem";
import { asProp } from "../../lib/core/props";
import { alertOpsWords } from "../../lib/systems/alertops/words";

// Whoever writes TypeScript has no attributes: what a system says names settings by references, never by their names in HCL.

const SYSTEMS = resolve(__dirname, "../../lib/systems");

const files = readdirSync(SYSTEMS, { recursive: true, encoding: "utf8" })
  .filter(
    (file) => /(^|\/)([\w-]+\.)?errors\.ts$|^kit\/problems\/[\w-]+\.ts$/.test(file) && !file.includes("simulator"),
  )
  .sort();

/** What the vendors' own APIs call so. */
const FOREIGN = /source_id|source_status|inbound_integration_\w+|client_credentials|\boutbound_\w+/g;
const ATTRIBUTE = /`[a-z]+(_[a-z]+)+`|\b[a-z]+(_[a-z]+)+\b/;

/** Something for each parameter: words of a system where an object is wanted. */
const ANYTHING = [
  [alertOpsWords, { name: "x", id: "1", path: ["x"], what: "x", kind: "x" }, "x", "x", "x"],
  ["x", "x", "x", "x", "x"],
  [{ name: "x", id: "1", what: "x", path: ["x"], status: 500, headers: {}, body: "x" }, ["x"], "x", "x"],
  [["x"], ["x"], ["x"], ["x"]],
] as const;

const isProblem = (value: unknown): value is Problem =>
  typeof value === "object" && value !== null && "fix" in value && "summary" in value;

function problemsOf(file: string): Problem[] {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const exported = require(join(SYSTEMS, file)) as Record<string, unknown>;
  return Object.values(exported).flatMap((make) => {
    if (isProblem(make)) return [problemInTerms(make, asProp)];
    if (typeof make !== "function") return [];
    for (const given of ANYTHING) {
      try {
        const made: unknown = make(...given);
        if (isProblem(made)) return [problemInTerms(made, asProp)];
      } catch {
        // Another kind of argument is wanted.
      }
    }
    return [];
  });
}

const all = files.flatMap((file) => problemsOf(file).map((problem) => ({ file, problem })));

it("most of what the systems say is looked at", () => expect(all.length).toBeGreaterThan(100));

it("names no setting by its attribute to those who write props", () => {
  const strangers = all.flatMap(({ file, problem }) => {
    const { code, summary, fix, expected = "" } = problem;
    const text = `${summary} | ${expected} | ${fix}`.replace(FOREIGN, "");
    const found = ATTRIBUTE.exec(text)?.[0];
    return found === undefined ? [] : [`${relative(".", file)}: ${code} says ${found} in: ${text}`];
  });
  expect(strangers).toEqual([]);
});
