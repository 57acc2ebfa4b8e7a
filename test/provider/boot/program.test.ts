import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CodeCache } from "../../../lib/core/code-cache";
import { Program, type Index } from "../../../lib/provider/boot/program";
import { V8Switches } from "../../../lib/provider/boot/v8-switches";

const executable = join(__dirname, "../../../dist/provider/terraform-provider-outbound");

interface Kept {
  /** The file of the code cache. */
  readonly kept: string;
  readonly switches: V8Switches;
}

/** A program whose entry hands out its `require`. */
function programIn(file: string, index: Index, { kept, switches = new V8Switches() }: Partial<Kept> = {}) {
  const program = new Program(file, index, new CodeCache(kept, switches, () => true), switches, require);
  return { program, require: (id: string) => Reflect.get(program, "require")(id) as Record<string, unknown> };
}

describe("a program in parts", () => {
  let root: string;
  beforeEach(() => (root = mkdtempSync(join(tmpdir(), "outbound-program-"))));
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  /** Two parts, one behind the other, and something behind them. */
  function written(first: string, second: string) {
    const file = join(root, "program");
    const end = "\nwhat stands behind";
    writeFileSync(file, `what stands before\n${first}${second}${end}`);
    const place = (text: string, behind: number) => ({ beforeEnd: text.length + behind, length: text.length });
    return programIn(file, {
      entry: "./first.js",
      modules: { "./first.js": "one", "./second.js": "two" },
      parts: {
        one: { ...place(first, second.length + end.length), form: "text" },
        two: { ...place(second, end.length), form: "text" },
      },
    });
  }

  it("loads a part when it is needed, and each module once", () => {
    const counted =
      'globalThis.outboundTestLoads = (globalThis.outboundTestLoads ?? 0) + 1; exports.it = require("./second.js")';
    const { program, require: load } = written(
      `({"./first.js":function(module,exports,require){exports.second = () => { ${counted}; return exports.it; };}})`,
      `({"./second.js":function(module,exports,require){exports.path = require("node:path").sep; /* a comment *~/}})`,
    );
    program.run();
    const { second } = load("./first.js") as { second(): unknown };
    expect([second(), second() === load("./second.js")]).toEqual([{ path: "/" }, true]);
  });

  it.each([
    ["while its cache lacks what it has loaded", false],
    ["once its cache has all of it", true],
  ])("saves, %s", (_, isKept) => {
    const kept = join(root, "kept");
    const file = join(root, "program");
    const text = '({"./first.js":function(){}})';
    writeFileSync(file, text);
    const index: Index = {
      entry: "./first.js",
      modules: { "./first.js": "one" },
      parts: { one: { beforeEnd: text.length, length: text.length, form: "text" } },
    };
    const set: string[] = [];
    // V8's own stay as they are.
    const switches = new V8Switches(24, (flag) => set.push(flag));
    if (isKept) {
      const earlier = new CodeCache(kept, switches, () => true);
      earlier.compile({ name: "one", text, file });
      earlier.keep();
    }
    const { program } = programIn(file, index, { kept, switches });
    program.run();
    program.save();
    expect(set).toContain("--heap-growing-percent=20");
    expect(set.includes("--efficiency-mode")).toBe(isKept);
  });

  it("says again why a module cannot be loaded", () => {
    const { require: load } = written(
      `({"./first.js":function(){throw new Error("no network");}})`,
      `({"./second.js":function(){}})`,
    );
    expect(() => load("./first.js")).toThrow("no network");
    expect(() => load("./first.js")).toThrow("no network");
  });
});

it.each([
  ["imapflow", "imapflow"],
  ["smtp-connection", "nodemailer/lib/smtp-connection"],
  ["mail-composer", "nodemailer/lib/mail-composer"],
  ["xoauth2", "nodemailer/lib/xoauth2"],
  ["axios", "axios"],
])("the executable has of %s what whoever imports it gets", async (module, name) => {
  const index = JSON.parse(/const outboundIndex = (\{.*\});/.exec(readFileSync(executable, "latin1"))![1]!) as Index;
  const id = Object.keys(index.modules).find((id) => id.startsWith(`./${module}-`))!;
  const found = programIn(executable, index).require(id);
  // Else an import of it would have all of it as its default.
  expect(found["__esModule"]).toBe(true);
  const imported = (await import(name)) as Record<string, unknown>;
  expect(typeof found["default"]).toBe(typeof imported["default"]);
  for (const one of Object.keys(imported)) expect([one, typeof found[one]]).toEqual([one, typeof imported[one]]);
});
