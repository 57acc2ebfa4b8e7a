import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "../core/zod";
import { ProblemError } from "../core/problem";
import type { Acknowledgement } from "./acknowledgement";
import { notAPolicyFile } from "./errors";
import type { PolicyOptions } from "./options";

/**
 * The file beside the synthesised stack by which a review judges with the same options and knows what was acknowledged.
 */
export const POLICY_FILE = "outbound-policy.json";

export interface PolicyFile {
  readonly version: 1;
  readonly options: PolicyOptions;
  readonly acknowledgements: readonly Acknowledgement[];
}

/** The text of a policy file; the same policy gives the same bytes. */
export function writtenPolicy(options: PolicyOptions, acknowledgements: readonly Acknowledgement[]): string {
  const file: PolicyFile = { version: 1, options, acknowledgements };
  return `${JSON.stringify(file, undefined, 2)}\n`;
}

/**
 * The policy of a synthesised stack; undefined when none was attached to it.
 *
 * @param directory the stack's working directory, `cdktf.out/stacks/<stack>`.
 * @throws `policy/not-a-policy-file`
 */
export function readPolicy(directory: string): PolicyFile | undefined {
  const path = join(directory, POLICY_FILE);
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw new ProblemError(notAPolicyFile(path, (error as Error).message));
  }
  try {
    return schema().parse(JSON.parse(text));
  } catch (error) {
    throw new ProblemError(
      notAPolicyFile(path, error instanceof z.core.$ZodError ? z.prettifyError(error) : String(error)),
    );
  }
}

const schema = () =>
  z.object({
    version: z.literal(1),
    options: z.object({
      allowedDomains: z.optional(z.array(z.string())),
      certificateDays: z.optional(z.number()),
      severities: z.optional(z.record(z.string(), z.enum(["error", "warning", "note"]))),
    }),
    acknowledgements: z.array(
      z.object({ rule: z.string(), reason: z.string(), path: z.string(), addresses: z.array(z.string()) }),
    ),
  });
