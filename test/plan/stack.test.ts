import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { findStack, findStacksNamed, unsetVariables, withPlan, type RunTerraform, type Stack } from "../../lib/plan";

let output: string;

beforeEach(() => {
  output = mkdtempSync(join(tmpdir(), "outbound-stack-"));
});
afterEach(() => rmSync(output, { recursive: true, force: true }));

function synthesised(...names: string[]): void {
  const stacks = Object.fromEntries(
    names.map((name) => [
      name,
      { name, workingDirectory: `stacks/${name}`, synthesizedStackPath: `stacks/${name}/cdk.tf.json` },
    ]),
  );
  writeFileSync(join(output, "manifest.json"), JSON.stringify({ version: "0.21.0", stacks }));
  for (const name of names) {
    mkdirSync(join(output, "stacks", name, ".terraform"), { recursive: true });
    writeFileSync(
      join(output, "stacks", name, "cdk.tf.json"),
      JSON.stringify({ variable: { a: {}, b: { default: 1 } } }),
    );
  }
}

describe("finding the stack", () => {
  it("says that nothing is synthesised", () => {
    expect(() => findStack(output)).toThrow("plan/not-synthesised");
  });

  it("says that the manifest cannot be read", () => {
    writeFileSync(join(output, "manifest.json"), '{"stacks":');
    expect(() => findStack(output)).toThrow("plan/manifest-unreadable");
  });

  it("names the stacks there are, and the nearest", () => {
    synthesised("production", "staging");
    expect(() => findStack(output, "prodution")).toThrow(/plan\/no-such-stack|Did you mean "production"/);
    expect(() => findStack(output, "prodution")).toThrow('Did you mean "production"?');
    expect(() => findStack(output, "zzz")).toThrow("one of production, staging");
  });

  it("asks which, when there are several", () => {
    synthesised("production", "staging");
    expect(() => findStack(output)).toThrow("plan/which-stack");
    expect(findStack(output, "staging").directory).toBe(join(output, "stacks/staging"));
  });

  it.each<[readonly string[], string]>([
    [["production-*"], "production-nice,production-oslo"],
    [["*-oslo", "production-oslo"], "production-oslo,staging-oslo"],
    [["p*n*o"], "production-oslo"],
    [["staging-oslo", "production-nice"], "production-nice,staging-oslo"],
    [["*"], "production-nice,production-oslo,staging-oslo"],
  ])("finds those like %j", (names, expected) => {
    synthesised("staging-oslo", "production-oslo", "production-nice");
    expect(String(findStacksNamed(output, names).map(({ name }) => name))).toBe(expected);
  });

  it.each([["production-*-oslo"], ["oslo"], ["production-oslo*oslo"], ["*.oslo"]])(
    "finds none like %s, and names those there are",
    (name) => {
      synthesised("staging-oslo", "production-oslo");
      expect(() => findStacksNamed(output, ["staging-oslo", name])).toThrow("one of production-oslo, staging-oslo");
    },
  );

  it("asks which, when none is named and there are several", () => {
    synthesised("production", "staging");
    expect(() => findStacksNamed(output, [])).toThrow("plan/which-stack");
    expect(() => findStacksNamed(output, [])).toThrow("'*' is all of them");
  });

  it("takes the only one", () => {
    synthesised("production");
    expect(findStack(output)).toEqual({
      name: "production",
      directory: join(output, "stacks/production"),
      file: join(output, "stacks/production/cdk.tf.json"),
    });
  });
});

describe("planning", () => {
  let stack: Stack;
  const calls: string[] = [];
  let planFile = "";
  beforeEach(() => {
    synthesised("production");
    stack = findStack(output);
    calls.length = 0;
    planFile = "";
  });

  /** Answers like terraform; each test overrides one verb. */
  const terraform =
    (
      answers: Partial<Record<"init" | "plan" | "show", { exitCode?: number; output?: string; times?: number }>> = {},
    ): RunTerraform =>
    async (args) => {
      const verb = args[0] as "init" | "plan" | "show";
      calls.push(verb);
      const out = args.find((one) => one.startsWith("-out="))?.slice(5);
      if (out !== undefined) writeFileSync((planFile = out), "PK secret");
      const answer = answers[verb];
      const spent = answer?.times !== undefined && calls.filter((one) => one === verb).length > answer.times;
      return { exitCode: spent ? 0 : (answer?.exitCode ?? 0), stdout: "{}", output: answer?.output ?? "" };
    };
  const options = (run: RunTerraform) => ({ run, environment: { TF_VAR_a: "x" } });

  it("never comes to a prompt: a variable without a value is an error before terraform starts", async () => {
    await expect(withPlan(stack, { run: terraform(), environment: {} }, () => 1)).rejects.toThrow(
      /TF_VAR_a[\s\S]*plan\/variable-unset/,
    );
    expect(calls).toEqual([]);
  });

  it.each(["terraform.tfvars", "terraform.tfvars.json", "prod.auto.tfvars"])(
    "leaves variables alone that %s may set",
    (file) => {
      writeFileSync(join(stack.directory, file), "a = 1");
      expect(unsetVariables(stack, {})).toEqual([]);
    },
  );

  it("leaves no plan file behind, and nobody else can read it while it is there", async () => {
    const mode = await withPlan(stack, options(terraform()), (_, file) => statSync(dirname(file)).mode & 0o777);
    expect(mode).toBe(0o700);
    expect(() => statSync(planFile)).toThrow("ENOENT");
    expect(readdirSync(stack.directory).sort()).toEqual([".terraform", "cdk.tf.json"]);
  });

  it("leaves none behind either when something fails afterwards", async () => {
    const failing = withPlan(stack, options(terraform()), () => Promise.reject(new Error("later")));
    await expect(failing).rejects.toThrow("later");
    expect(() => statSync(planFile)).toThrow("ENOENT");
  });

  it("initialises where that was never done, and once more where terraform asks for it", async () => {
    await withPlan(stack, options(terraform()), () => 1);
    expect(calls).toEqual(["plan", "show"]);
    calls.length = 0;
    const asks = { exitCode: 1, output: 'please run "terraform init"', times: 1 };
    await withPlan(stack, options(terraform({ plan: asks })), () => 1);
    expect(calls).toEqual(["plan", "init", "plan", "show"]);
    calls.length = 0;
    rmSync(join(stack.directory, ".terraform"), { recursive: true });
    await withPlan(stack, options(terraform()), () => 1);
    expect(calls).toEqual(["init", "plan", "show"]);
  });

  it.each([
    [
      "one after another where they share a cache of providers, which Terraform does not lock",
      { TF_PLUGIN_CACHE_DIR: "/cache" },
      1,
    ],
    ["side by side where they do not", {}, 2],
  ])("initialises stacks %s", async (_, more, most) => {
    rmSync(join(stack.directory, ".terraform"), { recursive: true });
    let [running, peak] = [0, 0];
    const run: RunTerraform = async (args, directory) => {
      if (args[0] === "init") {
        peak = Math.max(peak, ++running);
        await new Promise(setImmediate);
        running--;
      }
      return terraform()(args, directory);
    };
    const both = [stack, stack].map((one) => withPlan(one, { run, environment: { TF_VAR_a: "x", ...more } }, () => 1));
    await Promise.all(both);
    expect(peak).toBe(most);
  });

  it.each([
    ["plan/provider-missing", "Error: Failed to query available provider packages\nCould not retrieve the list"],
    ["plan/terraform-failed", "some progress\nError: Invalid reference\nA managed resource was not declared"],
  ])("says %s in terraform's own words", async (code, output) => {
    const failing = withPlan(stack, options(terraform({ plan: { exitCode: 1, output } })), () => 1);
    await expect(failing).rejects.toThrow(new RegExp(`Error: [\\s\\S]*${code}|${code}`));
    await expect(failing).rejects.not.toThrow("some progress");
  });
});
