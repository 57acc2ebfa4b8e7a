// `npm run test:tarball`: the package as npm would publish it, had from a registry of its own. The README is followed word for
// word in empty folders: the projects that `outbound init` writes are deployed into the sandbox, down to the mail. Beside
// that: types under every resolution of modules, other package managers, and what publint and attw have to say.
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { Checks } from "./checks.mjs";
import { fetchTool, nodeOf, tools } from "./node-releases.mjs";
import { block, commands } from "./readme-blocks.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
/** Two mails: of the test, and of the platform's own. */
const PROVED = /verdict\s+= "?accepted[^]*2 mails arrived/;

const require = createRequire(import.meta.url);
const { LIBRARIES } = require("../dist/lib/package/libraries.js");
/** The program of the page on CDK Terrain, word for word. */
const forCdktn = /^```ts\n([^]*?)^```/m.exec(readFileSync(join(root, "docs/cdk-terrain.md"), "utf8"))[1];

/** The oldest that is supported, with cdktf-cli, and one where only cdktn-cli runs. */
const RELEASES = [20, 24];

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
const registry = await startRegistry();
try {
  wellFormed();
  for (const release of RELEASES) {
    const { node, why } = nodeOf(release);
    if (node === undefined) all.skip(`Node.js ${release}`, why);
    else onNode(release, node);
  }
} finally {
  registry.stop();
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

/** Started beside us, because the checks wait for their commands. */
async function startRegistry() {
  const upstream = spawnSync("npm", ["config", "get", "registry"], { encoding: "utf8" }).stdout.trim();
  const args = [join(root, "scripts", "registry.mjs"), upstream, tarball, join(root, "package.json")];
  const child = spawn(process.execPath, args, { stdio: ["pipe", "pipe", "inherit"] });
  const { value: url } = await createInterface({ input: child.stdout })[Symbol.asyncIterator]().next();
  return { url, stop: () => child.stdin.end() };
}

function wellFormed() {
  for (const [command, ...args] of [["publint", "--strict"], ["attw"]]) {
    all.run(command, () => {
      const script = join(root, "node_modules", ".bin", command);
      const { status, stdout, stderr } = spawnSync(script, [tarball, ...args], { encoding: "utf8" });
      return status === 0 ? undefined : `${stdout}${stderr}`;
    });
  }
}

function onNode(release, node) {
  const cache = join(tools, "npm-cache");
  // What npx has kept of an earlier package would be taken for this one.
  rmSync(join(cache, "_npx"), { recursive: true, force: true });
  const environment = {
    ...process.env,
    PATH: `${dirname(node)}${delimiter}${process.env["PATH"]}`,
    npm_config_registry: registry.url,
    npm_config_cache: cache,
    npm_config_prefer_offline: "true",
    // It would keep an earlier package of the same version beyond this run.
    YARN_CACHE_FOLDER: join(scratch, "yarn-cache"),
    npm_config_audit: "false",
    npm_config_fund: "false",
    npm_config_yes: "true",
    CI: "1",
  };
  /** Runs a line in a shell; gives what went wrong. */
  const must = (line, cwd, expected = /(?:)/, more = {}) => {
    const options = { cwd, env: { ...environment, ...more }, encoding: "utf8", timeout: 300_000, shell: true };
    const { status, stdout, stderr, error } = spawnSync(line, options);
    const output = error ? String(error) : `${stdout}${stderr}`;
    const held = status === 0 && expected.test(output);
    return held ? undefined : `${line}: expected ${expected}, got:\n${output.split("\n").slice(-40).join("\n")}`;
  };
  const empty = (name) => {
    const folder = join(scratch, `${release}-${name}`);
    mkdirSync(folder);
    return folder;
  };
  const say = (text) => `Node.js ${release}: ${text}`;
  /** Each command of a block is a check; what comes after one that failed makes no sense. */
  const follow = (heading, folder, last) => {
    const lines = commands(heading);
    return lines.every((line, index) =>
      all.run(say(`"${heading}": ${line}`), () => must(line, folder, index === lines.length - 1 ? last : undefined)),
    );
  };

  const begun = empty("begin");
  if (follow("Begin", begun, PROVED)) {
    all.run(say("the new project's types"), () => must("npm run typecheck", begun));
    // On the other releases the matrix plays it.
    if (release === RELEASES[0])
      all.run(say("outbound demo, from the package"), () => must("npx outbound demo", begun, /All \d+ checks held/));
  }
  follow("Without CDKTF", empty("hcl"), PROVED);

  const own = empty("own");
  writeFileSync(join(own, "main.ts"), block("The simple case", "ts"));
  writeFileSync(join(own, "cdktf.json"), block("In a project of your own", "json"));
  const { app } = JSON.parse(block("In a project of your own", "json"));
  const installed = commands("In a project of your own").every((line) =>
    all.run(say(`without a warning of ours, strict about engines: ${line}`), () =>
      must(line, own, /^(?![^]*(EBADENGINE|ERESOLVE|peer dep))/i, { npm_config_engine_strict: "true" }),
    ),
  );
  if (installed) {
    all.run(say(`the program runs: ${app}`), () => {
      const failure = must(app, own);
      const stack = join(own, "cdktf.out", "stacks", "alerting");
      if (failure !== undefined) return failure;
      return existsSync(join(stack, "cdk.tf.json")) && existsSync(join(stack, "terraform.d")) ? undefined : "no stack";
    });
    writeFileSync(join(own, "types.ts"), SUBPATHS);
    all.run(say("TypeScript 5.9"), () => must("npm install --no-save typescript@5.9", own));
    for (const [module, resolution] of RESOLUTIONS) {
      const options = "--noEmit --strict --target es2022 --esModuleInterop --skipLibCheck --types node";
      const how = `--module ${module} --moduleResolution ${resolution}`;
      all.run(say(`types, module ${module}, resolution ${resolution}`), () =>
        must(`npx tsc ${options} ${how} main.ts types.ts`, own),
      );
    }
  }

  for (const [name, version, add] of [
    ["yarn", "1", "add --non-interactive --no-progress"],
    ["pnpm", "10", "add --ignore-scripts"],
  ]) {
    const manager = join(tools, `${name}-${version}`);
    const bin = join(manager, "node_modules", ".bin", name);
    const failure = existsSync(bin) ? undefined : fetchTool(manager, `${name}@${version}`);
    if (failure !== undefined) all.skip(say(`${name} ${version}`), failure);
    else {
      const folder = empty(name);
      writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "fresh", version: "1.0.0", private: true }));
      writeFileSync(join(folder, "main.ts"), block("The simple case", "ts"));
      const packages = commands("In a project of your own").flatMap((line) =>
        line.split(" ").filter((word) => /^[@a-z]/.test(word) && !/^(npm|install)$/.test(word)),
      );
      all.run(
        say(`${name} ${version} installs it, and the program runs`),
        () => must(`${bin} ${add} ${packages.join(" ")}`, folder) ?? must(app, folder),
      );
    }
  }
  // cdktn-cli wants 22.19, and so does the project that is written for it.
  if (release >= 24)
    all.run(say("outbound init --template cdktn, deployed into the sandbox"), () => {
      const folder = empty("init-cdktn");
      const steps = ["npx cdktf-provider-outbound init --template cdktn", "npm install"];
      return (
        steps.map((line) => must(line, folder)).find((one) => one !== undefined) ??
        must("npm run sandbox", folder, PROVED)
      );
    });
  inCdktnProject(empty("cdktn"), app);

  /** A project that has only what CDK Terrain needs. */
  function inCdktnProject(folder, run) {
    writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "fresh", version: "1.0.0", private: true }));
    writeFileSync(join(folder, "main.ts"), forCdktn);
    const install = `${LIBRARIES.cdktn.install} cdktf-provider-outbound tsx@4 typescript@5.9 @types/node@20`;
    const strict = { npm_config_engine_strict: "true" };
    const quiet = /^(?![^]*(EBADENGINE|ERESOLVE|peer dep))/i;
    if (!all.run(say("npm installs it beside CDK Terrain"), () => must(install, folder, quiet, strict))) return;
    all.run(say("CDKTF is not drawn in"), () =>
      existsSync(join(folder, "node_modules", "cdktf")) ? "node_modules/cdktf is there" : undefined,
    );
    // The compiler says the same on every Node.js.
    for (const [module, resolution] of release === RELEASES[0] ? RESOLUTIONS : []) {
      const options = "--noEmit --strict --target es2022 --esModuleInterop --types node";
      all.run(say(`types for CDK Terrain, those of libraries too, resolution ${resolution}`), () =>
        must(`npx tsc ${options} --module ${module} --moduleResolution ${resolution} main.ts`, folder),
      );
    }
    all.run(
      say("the program for CDK Terrain runs, and outbound reads what it wrote"),
      () => must(run, folder) ?? must("npx outbound routes", folder, /oncall@example\.com/),
    );
    all.run(say("a program for CDKTF is told what it lacks"), () => {
      writeFileSync(join(folder, "other.cjs"), 'require("cdktf-provider-outbound");\n');
      return must("node other.cjs 2>&1 || true", folder, literal(LIBRARIES.cdktf.install));
    });
  }
}

function literal(text) {
  return new RegExp(text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
}
