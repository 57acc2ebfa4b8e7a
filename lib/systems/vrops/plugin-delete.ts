import { ProblemError } from "../../core/problem";
import type { Context } from "../../terraform-plugin/resource";
import { CallError } from "../kit/rest-api";
import type { VropsClient } from "./client";
import { hasDependents } from "./errors";

/**
 * Deletes a plugin, unless something sends through it: vROps would delete the rules with it. 8.x does
 * not know `checkDependencies`, so the rules are looked up first. Already gone is fine.
 */
export async function deletePlugin(
  id: string,
  name: string,
  { client, signal }: Pick<Context<VropsClient>, "client" | "signal">,
): Promise<void> {
  const dependents = await rulesThrough(id, client, signal);
  if (dependents.length > 0) throw new ProblemError(hasDependents(name, dependents));
  try {
    await client.plugins.delete(id, signal);
  } catch (error) {
    // Which status says "in use" is not documented; any refusal of a well-formed deletion can only mean that.
    if (!(error instanceof CallError) || ![400, 409, 422].includes(error.status ?? 0)) throw error;
    const names = await rulesThrough(id, client, signal).catch(() => []);
    throw new ProblemError(hasDependents(name, names, error.problems[0]?.evidence));
  }
  client.plugins.claims.release(id);
}

async function rulesThrough(id: string, client: VropsClient, signal: AbortSignal): Promise<string[]> {
  const rules = await client.plugins.rulesOf(id, signal);
  return (rules ?? (await client.rules.list(signal)).filter((rule) => rule.pluginId === id)).map((rule) => rule.name);
}
