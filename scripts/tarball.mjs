// `npm run test:tarball`: the package as npm would publish it, installed into empty projects, and what the README shows done
// there: types under every resolution of modules, the program, the command.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Checks } from "./checks.mjs";
import { fetchTool, nodeOf, tools } from "./node-releases.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const { peerDependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
const peers = Object.entries(peerDependencies).map(([name, range]) => `${name}@${range}`);
const beside = ["tsx@4", "typescript@5.9", "@types/node@20"];
/** The first program of the README, word for word. */
const simple = /^## The simple case\n+```ts\n([^]*?)^```/m.exec(readFileSync(join(root, "README.md"), "utf8"))[1];

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
  const project = (name) => {
    const folder = join(scratch, `${release}-${name}`);
    mkdirSync(folder);
    writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "fresh", version: "1.0.0", private: true }));
    writeFileSync(join(folder, "main.ts"), simple);
    return folder;
  };
  const say = (text) => `Node.js ${release}: ${text}`;
  const wanted = [tarball, ...peers, ...beside];

  const fresh = project("npm");
  const installed = all.run(say("npm installs it, strict about engines, without a warning of ours"), () => {
    const { ok, output } = run("npm", ["install", "--engine-strict", "--no-audit", "--no-fund", ...wanted], fresh);
    return ok && !/EBADENGINE|ERESOLVE|peer dep/i.test(output) ? undefined : output;
  });
  if (!installed) return;
  for (const [module, resolution] of RESOLUTIONS) {
    all.run(say(`types, module ${module}, resolution ${resolution}`), () => {
      writeFileSync(join(fresh, "types.ts"), SUBPATHS);
      const options = ["--noEmit", "--strict", "--target", "es2022", "--esModuleInterop", "--skipLibCheck"];
      const how = ["--module", module, "--moduleResolution", resolution];
      return must(
        node,
        [join("node_modules", "typescript", "bin", "tsc"), ...options, ...how, "main.ts", "types.ts"],
        fresh,
      );
    });
  }
  all.run(say("the README's simple case is synthesised, with the provider beside it"), () => {
    const failure = must(node, ["--import", "tsx", "main.ts"], fresh);
    const stack = join(fresh, "cdktf.out", "stacks", "alerting");
    if (failure !== undefined) return failure;
    return existsSync(join(stack, "cdk.tf.json")) && existsSync(join(stack, "terraform.d")) ? undefined : "no stack";
  });
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
}
