import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { ProblemError } from "../core/problem";
import { messageOf } from "../core/thrown";
import { nearestWord } from "../validators";
import { manifestUnreadable, noSuchStack, notSynthesised, whichStack } from "./errors";
import { isObject } from "./masking";

/** A synthesised stack: the directory where Terraform runs. */
export interface Stack {
  readonly name: string;
  /** `cdktf.out/stacks/<name>` */
  readonly directory: string;
  /** `cdk.tf.json` in it. */
  readonly file: string;
}

/**
 * Finds a stack in what `cdktf synth` wrote.
 *
 * @param output the output directory, `cdktf.out`
 * @param name the stack; may be left out when there is one only
 * @throws ProblemError `plan/not-synthesised`, `plan/no-such-stack`, `plan/which-stack`, `plan/manifest-unreadable`
 */
export function findStack(output: string, name?: string): Stack {
  const all = findStacks(output);
  const names = all.map((stack) => stack.name);
  if (name === undefined) {
    if (all.length !== 1) throw new ProblemError(whichStack(names));
    return all[0]!;
  }
  const found = all.find((stack) => stack.name === name);
  if (found === undefined) throw new ProblemError(noSuchStack(name, names, nearestWord(name, names)));
  return found;
}

/**
 * Finds the stacks that are named, or match a name with `*` in it as `cdktf deploy` takes it: `outbound-production-*`.
 *
 * @param output the output directory, `cdktf.out`
 * @param names without any, the only stack
 * @returns each once, by name
 * @throws ProblemError `plan/not-synthesised`, `plan/no-such-stack`, `plan/which-stack`, `plan/manifest-unreadable`
 */
export function findStacksNamed(output: string, names: readonly string[]): Stack[] {
  if (names.length === 0) return [findStack(output)];
  const all = findStacks(output);
  const wanted = new Set(names.flatMap((name) => namesLike(name, all)));
  return all.filter(({ name }) => wanted.has(name));
}

function namesLike(wanted: string, all: readonly Stack[]): string[] {
  const names = all.map(({ name }) => name);
  const found = names.filter((name) => isLike(name, wanted.split("*")));
  if (found.length === 0) throw new ProblemError(noSuchStack(wanted, names, nearestWord(wanted, names)));
  return found;
}

/**
 * Whether a name matches a pattern.
 *
 * @param parts what stands between the `*`
 */
function isLike(name: string, parts: readonly string[]): boolean {
  const [first = "", ...others] = parts;
  const last = others.pop();
  if (last === undefined) return name === first;
  if (!name.startsWith(first) || !name.endsWith(last)) return false;
  let at = first.length;
  for (const part of others) {
    const found = name.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return at + last.length <= name.length;
}

/** All stacks of the app, by name. */
export function findStacks(output: string): Stack[] {
  const path = join(output, "manifest.json");
  if (!existsSync(path)) throw new ProblemError(notSynthesised(output));
  const stacks = manifest(path);
  return Object.entries(stacks)
    .map(([name, entry]) => {
      const said = isObject(entry) ? entry : {};
      const directory = resolve(output, text(said["workingDirectory"]) ?? join("stacks", name));
      return {
        name,
        directory,
        file: resolve(output, text(said["synthesizedStackPath"]) ?? join(directory, "cdk.tf.json")),
      };
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

function manifest(path: string): Record<string, unknown> {
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    throw new ProblemError(manifestUnreadable(path, messageOf(error)));
  }
  const stacks = isObject(json) ? json["stacks"] : undefined;
  if (!isObject(stacks)) throw new ProblemError(manifestUnreadable(path, "it has no stacks"));
  return stacks;
}

function text(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}
