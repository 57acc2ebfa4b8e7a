import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { OWN_PROJECT } from "./readme-blocks.mjs";
import { PROVED, QUIET, STRICT } from "./shell.mjs";
import { compilations } from "./types.mjs";

const { LIBRARIES } = createRequire(import.meta.url)("../../dist/lib/package/libraries.js");
/** The program of the page on CDK Terrain, word for word. */
const PROGRAM = /^```ts\n([^]*?)^```/m.exec(
  readFileSync(new URL("../../docs/cdk-terrain.md", import.meta.url), "utf8"),
)[1];
/** cdktn-cli wants 22.19, and so does the project that is written for it. */
const OLDEST_FOR_ITS_CLI = 24;

/** The package beside CDK Terrain: the project that `outbound init` writes, and one that has only what CDK Terrain needs. */
export function playCdkTerrain(all, shell, { withTypes }) {
  if (shell.release >= OLDEST_FOR_ITS_CLI) {
    const folder = shell.emptyFolder("init-cdktn");
    all.run(
      shell.title("outbound init --template cdktn, deployed into the sandbox"),
      () =>
        shell.run("npx cdktf-provider-outbound init --template cdktn", folder) ??
        shell.run("npm install", folder) ??
        shell.run("npm run sandbox", folder, PROVED),
    );
  }
  inBareProject(all, shell, shell.emptyFolder("cdktn"), withTypes);
}

function inBareProject(all, shell, folder, withTypes) {
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "fresh", version: "1.0.0", private: true }));
  writeFileSync(join(folder, "main.ts"), PROGRAM);
  const install = `${LIBRARIES.cdktn.install} cdktf-provider-outbound tsx@4 typescript@5.9 @types/node@20`;
  const title = shell.title("npm installs it beside CDK Terrain");
  if (!all.run(title, () => shell.run(install, folder, QUIET, STRICT))) return;
  all.run(shell.title("CDKTF is not drawn in"), () =>
    existsSync(join(folder, "node_modules", "cdktf")) ? "node_modules/cdktf is there" : undefined,
  );
  for (const { name, command } of withTypes ? compilations("main.ts", "--esModuleInterop") : []) {
    all.run(shell.title(`types for CDK Terrain, those of libraries too, ${name}`), () => shell.run(command, folder));
  }
  all.run(
    shell.title("the program for CDK Terrain runs, and outbound reads what it wrote"),
    () => shell.run(OWN_PROJECT.app, folder) ?? shell.run("npx outbound routes", folder, /oncall@example\.com/),
  );
  all.run(shell.title("a program for CDKTF is told what it lacks"), () => {
    writeFileSync(join(folder, "other.cjs"), 'require("cdktf-provider-outbound");\n');
    return shell.run("node other.cjs 2>&1 || true", folder, literal(LIBRARIES.cdktf.install));
  });
}

function literal(text) {
  return new RegExp(text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
}
