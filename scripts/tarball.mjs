// `npm run test:tarball`: the package as npm would publish it, installed into empty projects, and what the README shows done
// there: types under every resolution of modules, the program, the command.
import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Checks } from "./checks.mjs";
import { fetchTool, nodeOf, tools } from "./node-releases.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const require = createRequire(import.meta.url);
const { LIBRARIES } = require("../dist/lib/package/libraries.js");
/** By the very command that a program prints which misses them. */
const packagesOf = (library) => library.install.split(" ").slice(2);
const beside = ["tsx@4", "typescript@5.9", "@types/node@20"];
/** The first program of the README, and that of the page on CDK Terrain, word for word. */
const simple = /^## The simple case\n+```ts\n([^]*?)^```/m.exec(readFileSync(join(root, "README.md"), "utf8"))[1];
const forCdktn = /^```ts\n([^]*?)^```/m.exec(readFileSync(join(root, "docs/cdk-terrain.md"), "utf8"))[1];

const RESOLUTIONS = [
  ["commonjs", "node10"],
  ["node16", "node16"],
  ["nodenext", "nodenext"],
  ["esnext", "bundler"],
];

/** What is offered beside the main entry. */
const SUBPATHS = `import { startSandbox } from "cdktf-provider-outbound/sandbox";
import { defineSchema } from "cdktf-provider-outbound/terraform-plugin";
void startSandbox;
void defineSchema;
`;

const scratch = mkdtempSync(join(tmpdir(), "outbound-tarball-"));
process.on("exit", () => rmSync(scratch, { recursive: true, force: true }));
const all = new Checks();
const tarball = pack();
for (const release of [20, 24]) {
  const { node, why } = nodeOf(release);
  if (node === undefined) all.skip(`Node.js ${release}`, why);
  else inProject(release, node);
}
all.end();

function pack() {
  const packed = spawnSync("npm", ["pack", "--ignore-scripts", "--pack-destination", scratch], {
    cwd: root,
    encoding: "utf8",
  });
  if (packed.status !== 0) throw new Error(packed.stderr);
  return join(
    scratch,
    readdirSync(scratch).find((file) => file.endsWith(".tgz")),
  );
}

function inProject(release, node) {
  const environment = { ...process.env, PATH: `${dirname(node)}${delimiter}${process.env["PATH"]}` };
  const run = (command, args, cwd) => {
    const { status, stdout, stderr, error } = spawnSync(command, args, {
      cwd,
      env: environment,
      encoding: "utf8",
      timeout: 300_000,
    });
    return { ok: status === 0, output: error ? String(error) : `${stdout}${stderr}` };
  };
  const must = (command, args, cwd, expected = /(?:)/) => {
    const { ok, output } = run(command, args, cwd);
    return ok && expected.test(output)
      ? undefined
      : `${command} ${args.join(" ")}:\n${output.split("\n").slice(-30).join("\n")}`;
  };
  const project = (name, program = simple) => {
    const folder = join(scratch, `${release}-${name}`);
    mkdirSync(folder);
    writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "fresh", version: "1.0.0", private: true }));
    writeFileSync(join(folder, "main.ts"), program);
    return folder;
  };
  const say = (text) => `Node.js ${release}: ${text}`;
  const wanted = [tarball, ...packagesOf(LIBRARIES.cdktf), ...beside];
  const npmInstall = (folder, packages) => {
    const { ok, output } = run("npm", ["install", "--engine-strict", "--no-audit", "--no-fund", ...packages], folder);
    return ok && !/EBADENGINE|ERESOLVE|peer dep/i.test(output) ? undefined : output;
  };
  const tsc = (folder, [module, resolution], files, more = []) => {
    const options = ["--noEmit", "--strict", "--target", "es2022", "--esModuleInterop", ...more];
    const how = ["--module", module, "--moduleResolution", resolution];
    return must(node, [join("node_modules", "typescript", "bin", "tsc"), ...options, ...how, ...files], folder);
  };

  const fresh = project("npm");
  const installed = all.run(say("npm installs it, strict about engines, without a warning of ours"), () =>
    npmInstall(fresh, wanted),
  );
  if (!installed) return;
  for (const [module, resolution] of RESOLUTIONS) {
    all.run(say(`types, module ${module}, resolution ${resolution}`), () => {
      writeFileSync(join(fresh, "types.ts"), SUBPATHS);
      return tsc(fresh, [module, resolution], ["main.ts", "types.ts"], ["--skipLibCheck"]);
    });
  }
  all.run(say("the README's simple case is synthesised, with the provider beside it"), () => {
    const failure = must(node, ["--import", "tsx", "main.ts"], fresh);
    const stack = join(fresh, "cdktf.out", "stacks", "alerting");
    if (failure !== undefined) return failure;
    return existsSync(join(stack, "cdk.tf.json")) && existsSync(join(stack, "terraform.d")) ? undefined : "no stack";
  });
  all.run(say("a program for CDK Terrain is told what it lacks"), () => {
    writeFileSync(join(fresh, "other.cjs"), 'require("cdktf-provider-outbound/cdktn");\n');
    const { ok, output } = run(node, ["other.cjs"], fresh);
    return !ok && output.includes(LIBRARIES.cdktn.install) ? undefined : output;
  });
  inCdktnProject();
  all.run(say("npx outbound"), () =>
    must("npx", ["outbound", "explain", "550 5.1.1 User unknown"], fresh, /no-such-mailbox/),
  );

  for (const [name, version, add] of [
    ["yarn", "1", ["add", "--non-interactive", "--no-progress"]],
    ["pnpm", "10", ["add", "--ignore-scripts"]],
  ]) {
    const manager = join(tools, `${name}-${version}`);
    const bin = join(manager, "node_modules", ".bin", name);
    const failure = existsSync(bin) ? undefined : fetchTool(manager, `${name}@${version}`);
    if (failure !== undefined) all.skip(say(`${name} ${version}`), failure);
    else {
      const folder = project(name);
      all.run(say(`${name} ${version} installs it, and the program runs`), () => {
        const local = name === "yarn" ? [`file:${tarball}`, ...wanted.slice(1)] : wanted;
        return must(bin, [...add, ...local], folder) ?? must(node, ["--import", "tsx", "main.ts"], folder);
      });
    }
  }

  /** A project that has only what CDK Terrain needs. */
  function inCdktnProject() {
    const folder = project("cdktn", forCdktn);
    const packages = [tarball, ...packagesOf(LIBRARIES.cdktn), ...beside];
    if (!all.run(say("npm installs it beside CDK Terrain"), () => npmInstall(folder, packages))) return;
    all.run(say("CDKTF is not drawn in"), () =>
      existsSync(join(folder, "node_modules", "cdktf")) ? "node_modules/cdktf is there" : undefined,
    );
    for (const resolution of RESOLUTIONS) {
      all.run(say(`types for CDK Terrain, those of libraries too, resolution ${resolution[1]}`), () =>
        tsc(folder, resolution, ["main.ts"]),
      );
    }
    all.run(say("the program for CDK Terrain is synthesised"), () => {
      const failure = must(node, ["--import", "tsx", "main.ts"], folder);
      const stack = join(folder, "cdktf.out", "stacks", "alerting", "cdk.tf.json");
      return failure ?? (existsSync(stack) ? undefined : "no stack");
    });
    all.run(say("a program for CDKTF is told what it lacks"), () => {
      writeFileSync(join(folder, "other.cjs"), 'require("cdktf-provider-outbound");\n');
      const { ok, output } = run(node, ["other.cjs"], folder);
      return !ok && output.includes(LIBRARIES.cdktf.install) ? undefined : output;
    });
    all.run(say("outbound reads what was synthesised for CDK Terrain"), () =>
      must("npx", ["outbound", "routes"], folder, /oncall@example\.com/),
    );
  }
}
