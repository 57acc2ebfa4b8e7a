import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { terraformBinary } from "../support/terraform-binary";
import { parseYaml } from "../support/yaml";
import { blocksOf, pages, type Block } from "./support/blocks";
import { commandsIn, mistakeIn, npmScripts, outboundWords } from "./support/commands";
import { isCliConfiguration, isConfiguration, validationErrors } from "./support/hcl";
import { hasCdktn, isProgram, needsCdktn, typeErrors } from "./support/typescript";

// Every block of code that users read is checked: a page that is new is found by itself. CONTRIBUTING.md says how
// fragments are framed.

/** Languages for which there is nothing here that could check them. */
const UNCHECKED: Readonly<Record<string, string>> = {
  text: "what a program prints",
  diff: "what a program prints",
  python: "no CDKTF for Python here",
  go: "no CDKTF for Go here",
  java: "no CDKTF for Java here",
  csharp: "no CDKTF for C# here",
  rego: "no conftest here",
  mermaid: "drawn by the forges",
};

const all = pages().flatMap(blocksOf);
const checked = all.filter(({ unchecked, language }) => unchecked === undefined && !(language in UNCHECKED));
const of = (language: string) => checked.filter((block) => block.language === language);
const typescript = of("ts").filter((block) => hasCdktn || !needsCdktn(block));
const hcl = of("hcl").filter((block) => !isCliConfiguration(block));
const title = ({ where }: Block) => where;

describe("TypeScript", () => {
  let errors: ReadonlyMap<Block, readonly string[]>;
  beforeAll(() => {
    errors = typeErrors(typescript);
  }, 120_000);

  it.each(typescript.map((block) => [title(block), block] as const))("%s compiles", (_, block) => {
    expect(errors.get(block)).toEqual([]);
  });
});

const forCdktn = of("ts").filter((block) => !typescript.includes(block));
(forCdktn.length === 0 ? describe : describe.skip)("blocks for CDK Terrain, without cdktn", () =>
  it(`nothing is left out, or else ${String(forCdktn.map(title))}`, () => {
    expect(forCdktn).toEqual([]);
  }),
);

describe("HCL", () => {
  let errors: ReadonlyMap<Block, readonly string[]>;
  beforeAll(async () => {
    errors = await validationErrors(hcl);
  }, 120_000);

  it.each(hcl.map((block) => [title(block), block] as const))("%s is valid", (_, block) => {
    expect(errors.get(block)).toEqual([]);
  });

  it("is laid out as `terraform fmt` leaves it", () => {
    const folder = mkdtempSync(join(tmpdir(), "outbound-docs-hcl-"));
    try {
      for (const block of of("hcl"))
        writeFileSync(join(folder, `${block.where.replace(/\W/g, "-")}.tf`), `${block.text}\n`);
      const { stdout } = spawnSync(terraformBinary, ["fmt", "-check", "-diff", folder], { encoding: "utf8" });
      expect(stdout).toBe("");
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

it.each([
  ["json", (text: string): unknown => JSON.parse(text)],
  ["yaml", parseYaml],
])("%s parses, wherever there is some", (language, parse) => {
  const parsed = of(language).map(({ where, text }) => {
    try {
      return { where, value: parse(text) };
    } catch (error) {
      return { where, error: String(error) };
    }
  });
  expect(parsed.filter((one) => "error" in one)).toEqual([]);
});

describe("commands", () => {
  const known = outboundWords();
  const scripts = npmScripts();
  const mistakes = (text: string) => commandsIn(text).flatMap((words) => mistakeIn(words, known, scripts) ?? []);

  it("are known by their own completion", () => {
    expect(known.get("provider install")).toContain("--dir");
    expect(mistakes("npx outbound probe --trancsript\nFOO=1 outbound prvider install && npm run dmo")).toEqual([
      "outbound probe has no option --trancsript",
      "outbound has no command prvider",
      "there is no script dmo",
    ]);
  });

  it.each(of("console").map((block) => [title(block), block] as const))(
    "%s names commands and options that exist",
    (_, { text }) => {
      expect(mistakes(text)).toEqual([]);
    },
  );

  it.each(pages().map((page) => [page.path, page] as const))(
    "%s names none in its text that do not exist",
    (_, { text }) => {
      const words = [...text.replace(/^ *```[\s\S]*?^ *```/gm, "").matchAll(/`((?:npx )?outbound [a-z][^`]*)`/g)];
      const inPipelines = [...text.matchAll(/^ *(?:- )?(?:run: )?(npx outbound .*)$/gm)];
      expect([...words, ...inPipelines].flatMap(([, command]) => mistakes(command!))).toEqual([]);
    },
  );
});

it("every language is one that is checked, or has its reason why not", () => {
  const languages = ["ts", "hcl", "json", "yaml", "console", ...Object.keys(UNCHECKED)];
  expect(
    all.filter(({ language }) => !languages.includes(language)).map(({ where, language }) => [where, language]),
  ).toEqual([]);
});

it("each reference page shows a whole example in both languages", () => {
  for (const page of pages().filter(({ path }) =>
    /^docs\/reference\/(resources|data-sources|ephemeral-resources|actions|functions)\//.test(path),
  )) {
    const [first, second] = blocksOf(page);
    expect([first && isConfiguration(first), second && isProgram(second)]).toEqual([true, true]);
  }
});

const unchecked = all
  .filter((block) => block.unchecked !== undefined)
  .map((block) => `${block.where}: ${block.unchecked}`);
(unchecked.length === 0 ? describe : describe.skip)("not checked", () =>
  it(`nothing, or else ${String(unchecked)}`, () => {
    expect(unchecked).toEqual([]);
  }),
);
