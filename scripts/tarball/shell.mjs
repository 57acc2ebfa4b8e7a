import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { tools } from "../node-releases.mjs";

/** npm says nothing of engines or peers, which somebody would have to understand. */
export const QUIET = /^(?![^]*(EBADENGINE|ERESOLVE|peer dep))/i;
/** npm refuses what does not fit the running Node.js. */
export const STRICT = { npm_config_engine_strict: "true" };
/** Two mails: of the test, and of the platform's own. */
export const PROVED = /verdict\s+= "?accepted[^]*2 mails arrived/;

/** A shell of somebody who has one release of Node.js, and a registry with this package in it. */
export class Shell {
  constructor({ release, node, registry, scratch }) {
    this.release = release;
    this.scratch = scratch;
    const cache = join(tools, "npm-cache");
    // What npx has kept of an earlier package would be taken for this one.
    rmSync(join(cache, "_npx"), { recursive: true, force: true });
    this.environment = {
      ...process.env,
      PATH: `${dirname(node)}${delimiter}${process.env["PATH"]}`,
      npm_config_registry: registry,
      npm_config_cache: cache,
      npm_config_prefer_offline: "true",
      // It would keep an earlier package of the same version beyond this run.
      YARN_CACHE_FOLDER: join(scratch, "yarn-cache"),
      npm_config_audit: "false",
      npm_config_fund: "false",
      npm_config_yes: "true",
      CI: "1",
    };
  }

  /** Runs a line; gives what went wrong, the output last. */
  run(line, cwd, expected = /(?:)/, more = {}) {
    const options = { cwd, env: { ...this.environment, ...more }, encoding: "utf8", timeout: 300_000, shell: true };
    const { status, stdout, stderr, error } = spawnSync(line, options);
    const output = error ? String(error) : `${stdout}${stderr}`;
    const held = status === 0 && expected.test(output);
    return held ? undefined : `${line}: expected ${expected}, got:\n${output.split("\n").slice(-40).join("\n")}`;
  }

  emptyFolder(name) {
    const folder = join(this.scratch, `${this.release}-${name}`);
    mkdirSync(folder);
    return folder;
  }

  /** Of a check. */
  title(text) {
    return `Node.js ${this.release}: ${text}`;
  }
}
