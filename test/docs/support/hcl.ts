import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PROVIDER_SOURCE } from "../../../lib/package/identity";
import { Terraform } from "../../acceptance/support/terraform";
import type { Block } from "./blocks";

/** What every fragment of HCL stands beside; a configuration, which says where its provider comes from, gets none of it. */
const FRAME = `terraform {
  required_providers {
    outbound = { source = "${PROVIDER_SOURCE}" }
  }
}
`;

/** Whether a block is a configuration by itself. */
export const isConfiguration = ({ text }: Block): boolean => /\brequired_providers\b/.test(text);

/** Settings of the command line (`.terraformrc`), which no configuration contains. */
export const isCliConfiguration = ({ text }: Block): boolean =>
  /^(provider_installation|credentials|host|plugin_cache_dir)\b/m.test(text);

/** A file of `terraform test`, which `terraform validate` looks at too. */
const isTest = ({ text }: Block): boolean => /^(run "|mock_provider )/m.test(text);
const TEST_FILE = "block.tftest.hcl";

/** What terraform finds wrong in each block. */
export async function validationErrors(blocks: readonly Block[]): Promise<ReadonlyMap<Block, readonly string[]>> {
  const terraform = new Terraform();
  try {
    terraform.write("");
    await terraform.init();
    const found = new Map<Block, readonly string[]>();
    const waiting = [...blocks.entries()];
    const work = async () => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        found.set(next[1], await errorsOf(terraform, `block-${next[0]}`, next[1]));
      }
    };
    await Promise.all([work(), work()]);
    return found;
  } finally {
    terraform.remove();
  }
}

async function errorsOf(terraform: Terraform, folder: string, block: Block): Promise<readonly string[]> {
  const directory = join(terraform.directory, folder);
  mkdirSync(directory);
  for (const [name, text] of Object.entries(filesOf(block))) writeFileSync(join(directory, name), text);
  const { stdout, output } = await terraform.run(`-chdir=${folder}`, "validate", "-json");
  const { diagnostics } = parsed(stdout, output);
  return diagnostics
    .filter(({ severity }) => severity === "error")
    .map(({ summary, detail = "", range }) => {
      const isHere = range?.filename === (isTest(block) ? TEST_FILE : "block.tf");
      const at = isHere ? `${block.page.path}:${block.line + range.start.line - 1}` : block.where;
      return `${at}: ${summary}: ${detail}`;
    });
}

interface Validation {
  readonly diagnostics: readonly {
    readonly severity: string;
    readonly summary: string;
    readonly detail?: string;
    readonly range?: { readonly filename: string; readonly start: { readonly line: number } };
  }[];
}

function parsed(stdout: string, output: string): Validation {
  try {
    return JSON.parse(stdout) as Validation;
  } catch {
    throw new Error(`terraform validate said:\n${output}`);
  }
}

/** The block, what it continues, and what of its page's frame it does not declare itself. */
function filesOf(block: Block): Readonly<Record<string, string>> {
  const before: string[] = [];
  for (let one = block.continues; one !== undefined; one = one.continues) before.unshift(one.text);
  const declared = new Set([block.text, ...before].flatMap((text) => topLevel(text).map(([head]) => head)));
  const frame = topLevel(block.page.frames["hcl"] ?? "").filter(([head]) => !declared.has(head));
  const isWhole = [block.text, ...before].some((text) => /\brequired_providers\b/.test(text));
  return {
    [isTest(block) ? TEST_FILE : "block.tf"]: block.text,
    ...Object.fromEntries(before.map((text, index) => [`before-${index}.tf`, text])),
    ...(isWhole ? {} : { "frame.tf": [FRAME, ...frame.map(([, text]) => text)].join("\n") }),
  };
}

/** The blocks at the left margin, as `terraform fmt` leaves them: each with its first line. */
const topLevel = (text: string): readonly (readonly [string, string])[] =>
  [...text.matchAll(/^(\w.*?) ?\{(?:.*\}$|[\s\S]*?^\}$)/gm)].map(([whole, head]) => [head!, whole]);
