import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, TerraformStack } from "cdktf";

/** Synthesis as users have it: `app.synth()`, in a directory that is gone after the test. */

const directories: string[] = [];

afterEach(() => {
  for (const directory of directories.splice(0)) rmSync(directory, { recursive: true, force: true });
});

export function temporaryDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), "outbound-test-"));
  directories.push(directory);
  return directory;
}

export interface Synthesised {
  readonly app: App;
  readonly stack: TerraformStack;
  /** cdk.tf.json without CDKTF's notes. */
  readonly json: Configuration;
  /** Everything in the stack's configuration, as text. */
  readonly text: string;
  /** The stack's working directory. */
  readonly directory: string;
  readonly warnings: readonly string[];
}

export interface Configuration {
  readonly resource: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;
  readonly [block: string]: unknown;
}

export function synth(build: (stack: TerraformStack) => void, outdir = temporaryDirectory()): Synthesised {
  const app = new App({ outdir });
  const stack = new TerraformStack(app, "test");
  build(stack);
  app.synth();
  return read(app, stack);
}

export function read(app: App, stack: TerraformStack): Synthesised {
  const directory = join(app.outdir, "stacks", stack.node.id);
  const text = readFileSync(join(directory, "cdk.tf.json"), "utf8");
  const manifest = JSON.parse(readFileSync(join(app.outdir, "manifest.json"), "utf8")) as {
    stacks: Record<string, { annotations: { level: string; message: string }[] }>;
  };
  const warnings = manifest.stacks[stack.node.id]!.annotations.map(({ message }) => message);
  return { app, stack, text, directory, warnings, json: JSON.parse(text) as Configuration };
}

/** The one resource of a type. */
export function only({ json }: Synthesised, type: string): Readonly<Record<string, unknown>> {
  const resources = Object.values(json.resource[type] ?? {});
  expect(resources).toHaveLength(1);
  return resources[0]!;
}

/** The text of the error, CDKTF's own line breaks evened out. */
export function errorOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error("nothing was thrown");
}
