import { packageManifest } from "../../../lib/cli/init/manifest";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./blocks";

/** What may follow each command of `outbound`, as its own shell completion knows it: `provider install` -> `--dir`, … */
export function outboundWords(): ReadonlyMap<string, readonly string[]> {
  const { stdout } = spawnSync(process.execPath, [join(ROOT, "bin/outbound.js"), "completion", "bash"], {
    encoding: "utf8",
  });
  const words = [...stdout.matchAll(/^ +"([^"]*)"\) words="([^"]*)" ;;$/gm)];
  return new Map(words.map(([, path, list]) => [path!, list!.split(" ")]));
}

/** Those of this package, and those of a project that `outbound init` has written. */
export function npmScripts(): readonly string[] {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as { scripts: object };
  return Object.keys({ ...scripts, ...packageManifest("cdktf", "alerting", "cdktf").scripts });
}

/** The commands in lines of shell, each as its words: without comments, prompts, variables and `npx`. */
export function commandsIn(text: string): readonly (readonly string[])[] {
  return text
    .replace(/\\\n/g, " ")
    .split("\n")
    .map((line) => line.replace(/(^|\s)#.*$/, "").replace(/^\s*\$ /, ""))
    .flatMap((line) => line.split(/&&|\|\|?|;| -- /))
    .map((command) => command.trim().split(/\s+/))
    .map((words) => words.slice(words.findIndex((word) => !/^(\w+=.*|npx|export|-y|--yes)$/.test(word))));
}

/** What is wrong with a command, undefined for nothing; only `outbound` and `npm run` are known here. */
export function mistakeIn(
  words: readonly string[],
  outbound: ReadonlyMap<string, readonly string[]>,
  scripts: readonly string[],
): string | undefined {
  const [program, ...rest] = words;
  if (program === "npm" && (rest[0] === "run" || rest[0] === "test")) {
    const script = rest[0] === "run" ? rest[1] : rest[0];
    return script === undefined || scripts.includes(script) ? undefined : `there is no script ${script}`;
  }
  return program === "outbound" ? outboundMistake(rest, outbound) : undefined;
}

function outboundMistake(words: readonly string[], known: ReadonlyMap<string, readonly string[]>): string | undefined {
  let path = "";
  for (const word of words) {
    const below = path === "" ? word : `${path} ${word}`;
    const options = known.get(path)!;
    if (/^-./.test(word)) {
      if (!options.includes(word.replace(/=.*/, ""))) return `outbound ${path} has no option ${word}`;
    } else if (known.has(below)) path = below;
    else if (path === "" && /^[a-z]/.test(word) && word !== "help") return `outbound has no command ${word}`;
    else if (hasCommands(path, known)) return `outbound ${path} has no command ${word}`;
    else if (path === "") return undefined;
  }
  return undefined;
}

const hasCommands = (path: string, known: ReadonlyMap<string, readonly string[]>): boolean =>
  path !== "" && [...known.keys()].some((one) => one.startsWith(`${path} `));
