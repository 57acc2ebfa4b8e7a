import { spawnSync } from "node:child_process";
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

const has = (shell: string) => spawnSync(shell, ["--version"], { stdio: "ignore" }).status === 0;

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

it.each(["zsh", "fish"])("%s takes the script", async (shell) => {
  const text = await script(shell);
  expect(text).toMatch(/RCPT/);
  expect(text).not.toMatch(/undefined/);
  if (!has(shell)) return console.info(`${shell} is not installed here: its own reading of the script is not tested`);
  const { status, stderr } = spawnSync(shell, shell === "fish" ? ["--no-execute"] : ["-n"], {
    input: text,
    encoding: "utf8",
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
});

it("refuses a shell that it does not know", async () => {
  await expect(script("tcsh")).rejects.toThrow();
});
