import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, relative, resolve } from "node:path";
import type { Stack } from "../plan";

/** Runs in a copy of the stack: `terraform init` writes files, and a detection must leave no trace. */
export async function inScratch<T>(stack: Stack, use: (stack: Stack) => Promise<T>): Promise<T> {
  return existsSync(join(stack.directory, ".terraform")) ? use(stack) : inCopy(stack, use);
}

/** Runs in a copy whose resources do not wait for one another, except where one refers to another. For reading only. */
export async function withoutOrder<T>(stack: Stack, use: (stack: Stack) => Promise<T>): Promise<T> {
  return inCopy(stack, (copy) => {
    const config = JSON.parse(readFileSync(copy.file, "utf8")) as Json;
    writeFileSync(copy.file, JSON.stringify(unordered(config, stack.directory)));
    return use(copy);
  });
}

async function inCopy<T>(stack: Stack, use: (stack: Stack) => Promise<T>): Promise<T> {
  const scratch = mkdtempSync(join(tmpdir(), "outbound-detect-"));
  try {
    const directory = join(scratch, basename(stack.directory));
    const hidden = join(stack.directory, ".terraform");
    cpSync(stack.directory, directory, { recursive: true, filter: (path) => path !== hidden });
    return await use({ ...stack, directory, file: join(directory, relative(stack.directory, stack.file)) });
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

type Json = Record<string, unknown>;

function unordered(config: Json, directory: string): Json {
  const resource = mapped(config["resource"], (byName) =>
    mapped(byName, (block) => {
      const { depends_on: _, ...rest } = block as Json;
      return rest;
    }),
  );
  // The copy uses the state in its original place.
  const terraform = mapped(config["terraform"], (value, key) =>
    key !== "backend"
      ? value
      : mapped(value, (backend, kind) => {
          const { path = "terraform.tfstate" } = backend as { path?: string };
          return kind === "local" ? { ...(backend as Json), path: resolve(directory, path) } : backend;
        }),
  );
  return { ...config, resource, terraform };
}

function mapped(value: unknown, to: (value: unknown, key: string) => unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, to(one, key)]));
}
