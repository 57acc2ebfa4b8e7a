import { existsSync, readFileSync } from "node:fs";
import { basename, extname, resolve } from "node:path";
import { ProblemError } from "../core/problem";
import { findStack, readPlan, readPlanFile, withPlan, type Plan, type RunTerraform, type Stack } from "../plan";
import type { PolicyFile } from "../policy/policy-file";
import { readPolicy } from "../policy/read-policy";
import { resourceSchemas } from "../topology";
import { terraformRunner } from "./run-terraform";
import type { Surroundings } from "./surroundings";

/** The options that name a plan or a stack. */
export interface SourceOptions {
  /** The directory that `cdktf synth` writes. */
  readonly output: string;
  /** A plan file, or its JSON. */
  readonly plan?: string;
}

/** The same, with what was begun before. */
export interface StackSource extends SourceOptions {
  /** What plans. @default looked for when there is something to plan */
  readonly terraform?: Promise<RunTerraform> | undefined;
}

export interface PlannedStack {
  readonly name: string;
  readonly plan: Plan;
  /** Absent when there is no synthesised stack beside the plan. */
  readonly stack?: Stack;
  readonly policy?: PolicyFile | undefined;
}

/** Plans a synthesised stack, or reads an existing plan. */
export async function planOf(
  name: string | undefined,
  { output, plan, terraform }: StackSource,
  surroundings: Surroundings,
): Promise<PlannedStack> {
  const { environment, workingDirectory } = surroundings;
  const directory = resolve(workingDirectory, output);
  if (plan !== undefined) {
    const stack = stackIfAny(directory, name);
    const path = resolve(workingDirectory, plan);
    const text = await readPlanFile(
      path,
      // Looked for only when it is needed: the JSON of a plan is reviewed on machines without Terraform.
      async (args, cwd) => (await terraformRunner(surroundings))(args, cwd),
      stack?.directory,
    );
    return {
      name: name ?? stack?.name ?? basename(path, extname(path)),
      plan: readPlan(text, { source: plan, schemas: resourceSchemas(), redactor: surroundings.redactor }),
      ...(stack === undefined ? {} : { stack, policy: readPolicy(stack.directory) }),
    };
  }
  const stack = findStack(directory, name);
  const run = await (terraform ?? terraformRunner(surroundings));
  surroundings.err(`Planning ${stack.name} …`);
  const planning = withPlan(stack, { run, environment }, (text) => text);
  // Made ready while terraform plans.
  const schemas = resourceSchemas();
  const json = await planning;
  return {
    name: stack.name,
    plan: readPlan(json, { source: stack.name, schemas, redactor: surroundings.redactor }),
    stack,
    policy: readPolicy(stack.directory),
  };
}

/** A plan is enough by itself; a stack beside it adds its policy. */
function stackIfAny(output: string, name: string | undefined): Stack | undefined {
  try {
    return findStack(output, name);
  } catch (error) {
    if (error instanceof ProblemError) return undefined;
    throw error;
  }
}

/** The path of the construct for each address, from CDKTF's metadata in the synthesised stack; empty for plain HCL. */
export function constructsOf(stack: Stack): ReadonlyMap<string, string> {
  if (!existsSync(stack.file)) return new Map();
  const configuration = configurationOf(stack) as { resource?: Record<string, Record<string, Declared>> };
  return new Map(
    Object.entries(configuration.resource ?? {}).flatMap(([type, named]) =>
      Object.entries(named).flatMap(([name, block]): [string, string][] => {
        const path = block["//"]?.metadata?.path;
        return path === undefined ? [] : [[`${type}.${name}`, path]];
      }),
    ),
  );
}

interface Declared {
  readonly "//"?: { readonly metadata?: { readonly path?: string } };
}

/** `cdk.tf.json` of a stack. */
export function configurationOf(stack: Stack): unknown {
  return JSON.parse(readFileSync(stack.file, "utf8"));
}
