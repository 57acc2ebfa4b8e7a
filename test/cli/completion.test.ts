import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runCommandLine } from "../../lib/cli/program";

async function script(shell: string): Promise<string> {
  const out: string[] = [];
  const code = await runCommandLine(["completion", shell], {
    out: (line) => void out.push(line),
    err: () => undefined,
    environment: {},
    homeDirectory: "/nowhere",
    workingDirectory: "/nowhere",
    nodeVersion: "20.11.0",
    platform: "linux",
    interrupted: new AbortController().signal,
  });
  expect(code).toBe(0);
  return out.join("\n");
}

describe("in bash", () => {
  /** What the shell offers behind these words. */
  async function offered(...words: string[]): Promise<string[]> {
    const program = `${await script("bash")}
      COMP_WORDS=(${words.map((word) => `'${word}'`).join(" ")}); COMP_CWORD=$((\${#COMP_WORDS[@]} - 1)); _outbound
      printf '%s\\n' "\${COMPREPLY[@]}"`;
    const { stdout, stderr } = spawnSync("bash", ["--norc", "-c", program], { encoding: "utf8" });
    expect(stderr).toBe("");
    return stdout.split("\n").filter((line) => line !== "");
  }

  it("completes commands", async () => {
    expect(await offered("outbound", "pro")).toEqual(["provider", "probe"]);
    expect(await offered("outbound", "")).toEqual(
      expect.arrayContaining(["sandbox", "doctor", "completion", "--debug"]),
    );
  });

  it("completes commands below commands, and their options", async () => {
    expect(await offered("outbound", "provider", "in")).toEqual(["install"]);
    expect(await offered("outbound", "provider", "install", "--p")).toEqual(["--platform"]);
    expect(await offered("outbound", "--debug", "routes", "--sev")).toEqual(["--severity"]);
  });

  it("completes the values of an option, and leaves files to the shell", async () => {
    expect(await offered("outbound", "explain", "--stage", "R")).toEqual(["RCPT"]);
    expect(await offered("outbound", "import", "--out", "")).toEqual([]);
  });

  it("offers nothing that the command does not take", async () => {
    expect(await offered("outbound", "doctor", "--stage")).toEqual([]);
  });
});

const has = (shell: string) => spawnSync(shell, ["--version"], { stdio: "ignore" }).status === 0;

describe("in other shells", () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "completion-"))));
  afterEach(() => rmSync(folder, { recursive: true }));

  /** What a shell says once it has read the script. */
  async function told(shell: string, question: string): Promise<string> {
    const file = join(folder, "script");
    writeFileSync(file, await script(shell));
    const home = { ...process.env, HOME: folder, XDG_CONFIG_HOME: folder, ZDOTDIR: folder };
    const program = `source ${file}; ${question}`;
    const { stdout, stderr } = spawnSync(shell, ["-c", program], { env: home, encoding: "utf8" });
    expect(stderr).toBe("");
    return stdout;
  }

  (has("fish") ? describe : describe.skip)("fish (needs fish)", () => {
    it("completes commands, options and their values", async () => {
      const lines = ["provider in", "provider install --p", "explain --stage R"];
      const said = await told("fish", lines.map((words) => `complete -C "outbound ${words}"`).join("; "));
      expect(said).toMatch(/^install\t[^]*--platform\t[^]*RCPT\t/);
    });
  });

  (has("zsh") ? describe : describe.skip)("zsh (needs zsh)", () => {
    it("knows who completes", async () => {
      expect(await told("zsh", "print $_comps[outbound]")).toContain("-F _outbound");
    });
  });
});

it("refuses a shell that it does not know", async () => {
  await expect(script("tcsh")).rejects.toThrow();
});
