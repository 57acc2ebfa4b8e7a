import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runCommandLine } from "../../lib/cli/program";
import { Runner } from "../../lib/cli/runner";
import type { InitialSurroundings } from "../../lib/cli/surroundings";
import { ProblemError } from "../../lib/core/problem";

function surroundings(change: Partial<InitialSurroundings> = {}) {
  const out: string[] = [];
  const err: string[] = [];
  const world: InitialSurroundings = {
    out: (line) => void out.push(line),
    err: (line) => void err.push(line),
    environment: {},
    homeDirectory: "/nowhere",
    workingDirectory: "/nowhere",
    nodeVersion: "20.11.0",
    platform: "linux",
    interrupted: new AbortController().signal,
    ...change,
  };
  return { world, out: () => out.join("\n"), err: () => err.join("\n") };
}

async function outbound(...argv: string[]) {
  const { world, out, err } = surroundings();
  const code = await runCommandLine(argv, world);
  return { code, out: out(), err: err() };
}

describe("the command line", () => {
  it("explains itself and its exit codes on --help", async () => {
    const { code, out } = await outbound("--help");
    expect(code).toBe(0);
    expect(out).toContain("Exit codes of every command:");
    for (const command of ["sandbox", "provider", "doctor", "probe"]) expect(out).toContain(command);
  });

  // Node 20 looks for `--env-file` on the whole command line and opens the file before the program begins.
  it.each([
    "sandbox",
    "provider install",
    "doctor",
    "probe",
    "send",
    "review",
    "routes",
    "import",
    "reconcile",
    "demo",
  ])("%s has no option that node takes for its own", async (command) => {
    const { out } = await outbound(...command.split(" "), "--help");
    expect(out).toContain("Usage:");
    expect(out).not.toContain("--env-file");
  });

  it("import names an unknown system before anything else, even a file that is there", async () => {
    const folder = mkdtempSync(join(tmpdir(), "program-"));
    try {
      writeFileSync(join(folder, "imported.ts"), "");
      const { world, err } = surroundings({ workingDirectory: folder });
      expect(await runCommandLine(["import", "--system", "vrop", "--out", "imported.ts"], world)).toBe(1);
      expect(err()).toMatch(/There is no such system[^]*Did you mean vrops\?/);
      expect(err()).not.toMatch(/imported\.ts/);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("without a command it prints the help and is a usage error", async () => {
    const { code, err } = await outbound();
    expect(code).toBe(2);
    expect(err).toContain("Usage: outbound");
  });

  it("asks back what was meant by an unknown command", async () => {
    const { code, err } = await outbound("sandbx");
    expect(code).toBe(2);
    expect(err).toContain("Did you mean sandbox?");
  });

  it("asks back what was meant by an unknown option of a nested command", async () => {
    const { code, err } = await outbound("provider", "version", "--jsn");
    expect(code).toBe(2);
    expect(err).toContain("Did you mean --json?");
  });

  it.each([
    [["sandbox", "--port", "http"], "cli/bad-option"],
    [["sandbox", "--port", "70000"], "cli/bad-option"],
    [["sandbox", "--seed=-1"], "cli/bad-option"],
    [["sandbox", "--fault", "POST /x explode"], "sandbox/fault-syntax"],
  ])("%j is refused before anything is started", async (argv, code) => {
    const result = await outbound(...argv);
    expect(result.code).toBe(2);
    expect(result.err).toContain(code);
    expect(result.err).not.toMatch(/^\s+at /m);
    expect(result.out).toBe("");
  });

  it("prints version and source of the provider for scripts", async () => {
    const { code, out } = await outbound("provider", "version", "--json");
    expect(code).toBe(0);
    expect(JSON.parse(out)).toEqual({
      format: "outbound-provider/1",
      source: "registry.terraform.io/cdktf-outbound/outbound",
      version: expect.stringMatching(/^\d+\.\d+\.\d+$/),
    });
  });

  it("doctor fails when something is wrong and says what to do", async () => {
    const empty = mkdtempSync(join(tmpdir(), "no-terraform-"));
    const { world, out } = surroundings({ environment: { PATH: empty } });
    expect(await runCommandLine(["doctor"], world)).toBe(1);
    expect(out()).toContain("WRONG    Terraform: Terraform was not found");
    expect(out()).toContain("What to do: Install Terraform");
    rmSync(empty, { recursive: true });
  });
});

describe("the runner", () => {
  const failing = async () => {
    throw new Error("boom");
  };

  it("shows no stack trace of an unexpected error", async () => {
    const { world, err } = surroundings();
    const runner = new Runner(world);
    await runner.run(failing);
    expect(runner.exitCode).toBe(1);
    expect(err()).toContain("boom");
    expect(err()).toContain("--debug");
    expect(err()).not.toMatch(/^\s+at /m);
  });

  it("shows it with DEBUG set", async () => {
    const { world, err } = surroundings({ environment: { DEBUG: "1" } });
    await new Runner(world).run(failing);
    expect(err()).toMatch(/^\s+at /m);
  });

  it("calls an interrupted command interrupted, whatever error that led to", async () => {
    const { world, err } = surroundings({ interrupted: AbortSignal.abort(new Error("stopped by Ctrl-C")) });
    const runner = new Runner(world);
    await runner.run(failing);
    expect(runner.exitCode).toBe(130);
    expect(err()).toBe("Stopped.");
  });
});

it("names commands in its advice as the program in use is called", async () => {
  const directory = mkdtempSync(join(tmpdir(), "outbound-advice-"));
  try {
    const advice = async (PATH: string) => {
      const { world, err } = surroundings({ environment: { PATH } });
      const fix = "Run `terraform init` and `terraform plan`.";
      await new Runner(world).run(async () => {
        throw new ProblemError({ code: "test/advice", severity: "error", summary: "It is not ready", fix });
      });
      return err();
    };
    expect(await advice(directory)).toContain("Run `terraform init` and `terraform plan`.");
    writeFileSync(join(directory, "tofu"), '#!/bin/sh\necho "OpenTofu v1.12.6"\n', { mode: 0o755 });
    expect(await advice(directory)).toContain("Run `tofu init` and `tofu plan`.");
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
});
