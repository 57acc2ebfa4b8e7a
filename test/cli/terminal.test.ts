import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { cells } from "../../lib/cli/layout";
import { runCommandLine } from "../../lib/cli/program";
import type { InitialSurroundings } from "../../lib/cli/surroundings";
import { Terminal } from "../../lib/cli/terminal";
import { styled, toned } from "../../lib/core/styled";

const ESCAPE = "\u001b";

function given(environment: Record<string, string>, screens?: InitialSurroundings["screens"]) {
  const lines: string[] = [];
  const surroundings: InitialSurroundings = {
    out: (line) => void lines.push(line),
    err: (line) => void lines.push(line),
    environment,
    homeDirectory: "/nowhere",
    workingDirectory: "/nowhere",
    nodeVersion: "20.11.0",
    platform: "linux",
    interrupted: new AbortController().signal,
    ...(screens === undefined ? {} : { screens }),
  };
  return { surroundings, lines, terminal: new Terminal(surroundings) };
}

const screen = (columns?: number) => {
  const one = columns === undefined ? {} : { columns };
  return { out: one, err: one };
};

describe("what decides about colour", () => {
  it.each<[what: string, environment: Record<string, string>, onScreen: boolean, inPipe: boolean]>([
    ["nothing", {}, true, false],
    ["NO_COLOR", { NO_COLOR: "1" }, false, false],
    ["an empty NO_COLOR", { NO_COLOR: "" }, true, false],
    ["FORCE_COLOR", { FORCE_COLOR: "1" }, true, true],
    ["FORCE_COLOR=0", { FORCE_COLOR: "0" }, false, false],
    ["FORCE_COLOR=false", { FORCE_COLOR: "false" }, false, false],
    ["both", { NO_COLOR: "1", FORCE_COLOR: "1" }, false, false],
    ["TERM=dumb", { TERM: "dumb" }, false, false],
    ["TERM=dumb and FORCE_COLOR", { TERM: "dumb", FORCE_COLOR: "3" }, true, true],
  ])("%s", (_, environment, onScreen, inPipe) => {
    expect(given(environment, screen(80)).terminal.look("out").colour).toBe(onScreen);
    expect(given(environment).terminal.look("out").colour).toBe(inPipe);
  });

  it("is each stream by itself", () => {
    const { terminal } = given({}, { out: undefined, err: { columns: 80 } });
    expect([terminal.look("out").colour, terminal.look("err").colour]).toEqual([false, true]);
    expect([terminal.look("out").width, terminal.look("err").width]).toEqual([undefined, 80]);
  });

  it.each<[argv: string[], environment: Record<string, string>, coloured: boolean]>([
    [["--color"], { NO_COLOR: "1" }, true],
    [["--no-color"], { FORCE_COLOR: "1" }, false],
    [[], { FORCE_COLOR: "1" }, true],
    [[], {}, false],
  ])("outbound routes %j with %j, in a pipe", async (argv, environment, coloured) => {
    const { surroundings, lines } = given(environment);
    expect(await runCommandLine(["routes", ...argv], surroundings)).toBe(1);
    expect(lines.join("\n").includes(`${ESCAPE}[31mError${ESCAPE}[39m: `)).toBe(coloured);
    expect(stripVTControlCharacters(lines.join("\n"))).toMatch(/^Error: /);
  });
});

describe("what decides about width", () => {
  it.each<[what: string, environment: Record<string, string>, columns: number | undefined, width: number]>([
    ["the screen", {}, 132, 132],
    ["COLUMNS", { COLUMNS: "60" }, 132, 60],
    ["not what is no number", { COLUMNS: "wide" }, 132, 132],
    ["80 where the terminal says 0", {}, 0, 80],
    ["80 where it does not say", {}, undefined, 80],
  ])("%s", (_, environment, columns, width) => {
    expect(given(environment, screen(columns)).terminal.look("out").width).toBe(width);
  });

  it("nothing breaks lines in a file or pipe, whatever COLUMNS says", () => {
    const { terminal, lines } = given({ COLUMNS: "20" });
    const long = "word ".repeat(40);
    terminal.print(long);
    terminal.err(long);
    expect(lines).toEqual([long, long]);
  });

  it("follows the window", () => {
    const window = { columns: 80 };
    const { terminal } = given({}, { out: window, err: undefined });
    window.columns = 40;
    expect(terminal.look("out").width).toBe(40);
  });

  it("a result that scripts read is never touched", () => {
    const { terminal, lines } = given({}, screen(20));
    terminal.out('export A="a value that is longer than the screen"');
    expect(lines).toEqual(['export A="a value that is longer than the screen"']);
  });
});

it("lets no text act on the terminal, neither beside colours nor within them", () => {
  const { terminal, lines } = given({}, screen(80));
  terminal.print(styled`${toned("bad", `a${ESCAPE}[2Jb`)}: c${ESCAPE}]0;title\u0007d`);
  expect(lines[0]).toBe(`${ESCAPE}[31ma⟨U+001B⟩[2Jb${ESCAPE}[39m: c⟨U+001B⟩]0;title⟨U+0007⟩d`);
});

it("knows whether somebody watches", () => {
  expect([given({}).terminal.watched, given({}, screen(80)).terminal.watched]).toEqual([false, true]);
  expect(given({ CI: "true" }, screen(80)).terminal.watched).toBe(false);
});

describe("help", () => {
  const commands = ["", "probe", "review", "reconcile", "import", "sandbox", "provider install", "demo", "comment"];

  it.each(commands.flatMap((command) => [72, 80, 100].map((width) => [command, width] as const)))(
    "of %j fits %i columns, as Commander's own lines and ours",
    async (command, columns) => {
      const { surroundings, lines } = given({}, screen(columns));
      await runCommandLine([...command.split(" ").filter(Boolean), "--help"], surroundings);
      const shown = stripVTControlCharacters(lines.join("\n")).split("\n");
      // What is copied is not broken: a command after a prompt, and an option of more than a line.
      const prose = shown.filter((line) => !/^\s+(\$|--|npx|-> )/.test(line));
      expect(prose.filter((line) => cells(line) > columns)).toEqual([]);
    },
  );

  it("breaks a paragraph of the source once", async () => {
    const { surroundings, lines } = given({}, screen(70));
    await runCommandLine(["review", "--help"], surroundings);
    const paragraph = stripVTControlCharacters(lines.join("\n"))
      .split("\n\n")
      .find((text) => text.startsWith("What no rule can judge"))!
      .split("\n");
    // A line that was broken twice ends long before the next word would no longer fit.
    for (const [index, line] of paragraph.slice(0, -1).entries()) {
      const next = paragraph[index + 1]!.trim().split(" ", 1)[0]!;
      expect(`${line} ${next}`.length).toBeGreaterThan(60);
    }
  });

  it("is 80 columns wide in a pipe, without colours", async () => {
    const { surroundings, lines } = given({});
    await runCommandLine(["routes", "--help"], surroundings);
    expect(lines.join("\n")).not.toContain(ESCAPE);
    expect(lines.join("\n")).toMatch(/^Usage: outbound routes/);
    expect(lines.join("\n")).toContain("\nNothing is asked of any system: ");
  });
});

const script = "/usr/bin/script";
const built = join(__dirname, "../../dist/lib/cli/main.js");
const possible = process.platform === "linux" && existsSync(script) && existsSync(built);
if (!possible) console.warn(`No test on a real terminal: it needs ${script} and the built package.`);

(possible ? describe : describe.skip)("a real terminal", () => {
  function shown(command: string, environment: Record<string, string> = {}) {
    const decides = new Set(["NO_COLOR", "FORCE_COLOR", "COLUMNS", "CI"]);
    const rest = Object.fromEntries(Object.entries(process.env).filter(([name]) => !decides.has(name)));
    const { stdout } = spawnSync(script, ["--quiet", "--return", "--command", command, "/dev/null"], {
      encoding: "utf8",
      env: { ...rest, TERM: "xterm", ...environment },
      timeout: 60_000,
    });
    return stdout.replaceAll("\r\n", "\n").trimEnd();
  }
  const routes = `${process.execPath} ${built} routes --output nowhere-to-be-found`;

  it("has colours, and the width that the terminal says", () => {
    const text = shown(`stty cols 50; ${routes}`);
    expect(text).toContain(`${ESCAPE}[31mError${ESCAPE}[39m: `);
    const lines = stripVTControlCharacters(text).split("\n");
    expect(lines.length).toBeGreaterThan(4);
    for (const line of lines) expect(cells(line)).toBeLessThanOrEqual(50);
  });

  it("has no colours with NO_COLOR, TERM=dumb or --no-color", () => {
    expect(shown(`${routes} --no-color`)).toMatch(/^Error: /);
    expect(shown(routes, { NO_COLOR: "1" })).toMatch(/^Error: /);
    expect(shown(routes, { TERM: "dumb" })).toMatch(/^Error: /);
  });

  it("lets a pipe on it have lines as they are", () => {
    const [piped, long] = [shown(`stty cols 50; ${routes} 2>&1 | cat`), shown(`stty cols 250; ${routes} --no-color`)];
    expect(piped).toBe(long);
    expect(Math.max(...piped.split("\n").map(cells))).toBeGreaterThan(50);
  });
});
