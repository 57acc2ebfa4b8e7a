import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { withoutHclComments } from "../../core/hcl-comments";
import { ProblemError } from "../../core/problem";
import { notJson } from "./errors";
import type { LockEntry } from "./lock-file";

/** An entry of `required_providers`. */
export interface Requirement {
  readonly source?: string;
  readonly version?: string;
}

/** The providers that are required in exactly one version, as entries of a lock file. */
export function pinnedProviders(required: Readonly<Record<string, Requirement>>): LockEntry[] {
  return Object.entries(required).flatMap(([name, { source, version }]) => {
    const exact = /^(?:=\s*)?(\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?)$/.exec((version ?? "").trim())?.[1];
    return exact === undefined ? [] : [{ source: fullSource(source ?? name), version: exact }];
  });
}

/** The requirements in the JSON configurations of a directory: a stack that CDKTF has synthesised. */
export function requiredInJson(directory: string): Record<string, Requirement> {
  const required = filesOf(directory, ".tf.json").map(([path, text]) => {
    const { terraform } = parsed(path, text) as { terraform?: { required_providers?: Record<string, Requirement> } };
    return terraform?.required_providers ?? {};
  });
  return Object.assign({}, ...required) as Record<string, Requirement>;
}

function parsed(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new ProblemError(notJson(path, (error as SyntaxError).message));
  }
}

/**
 * The requirements in the HCL configurations of a directory for providers whose source ends in `address`, such as
 * `cdktf-outbound/outbound`.
 */
export function requiredInHcl(directory: string, address: string): Requirement[] {
  return filesOf(directory, ".tf").flatMap(([, text]) => {
    const code = withoutHclComments(text);
    return [...code.matchAll(/\{([^{}]*)\}/g)].flatMap(([, block]) => {
      const [source, version] = ["source", "version"].map(
        (name) => new RegExp(`\\b${name}\\s*=\\s*"([^"]*)"`).exec(block!)?.[1],
      );
      return source === address || source?.endsWith(`/${address}`) ? [{ source, version }] : [];
    });
  });
}

const filesOf = (directory: string, ending: string) =>
  readdirSync(directory)
    .filter((name) => name.endsWith(ending))
    .map((name) => [join(directory, name), readFileSync(join(directory, name), "utf8")] as const);

/** Completes `null` and `hashicorp/null` to the three parts that lock files have. */
function fullSource(source: string): string {
  const parts = source.split("/");
  return ["registry.terraform.io", "hashicorp"]
    .slice(0, 3 - parts.length)
    .concat(parts)
    .join("/");
}
