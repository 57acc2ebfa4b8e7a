import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "../core/zod";
import { ProblemError } from "../core/problem";
import { notAPolicyFile } from "./errors";
import { POLICY_FILE, type PolicyFile } from "./policy-file";

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
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new ProblemError(notAPolicyFile(path, String(error)));
  }
  const { success, data, error } = schema.safeParse(json);
  if (success) return data;
  throw new ProblemError(notAPolicyFile(path, z.prettifyError(error)));
}

const schema = z.object({
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
