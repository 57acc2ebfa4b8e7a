import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { ProblemError } from "../../core/problem";
import type { NULL_NAME, PROVIDER_NAME } from "../identity";
import { executableMissing } from "./errors";

/**
 * The path of a provider's executable: one self-contained file, made by `npm run build`.
 *
 * @throws `install/provider-not-built` when the file does not exist
 */
export function executable(name: typeof PROVIDER_NAME | typeof NULL_NAME): string {
  const path = join(packageRoot(), "dist", "provider", `terraform-provider-${name}`);
  if (!existsSync(path)) throw new ProblemError(executableMissing(path));
  return path;
}

/** The folder of this package, also when called from the sources, the compiled package or a bundle of it. */
export function packageRoot(): string {
  for (let directory = __dirname; ; directory = dirname(directory)) {
    const manifest = join(directory, "package.json");
    if (existsSync(manifest) && isOurs(manifest)) return directory;
    if (directory === dirname(directory)) return process.cwd();
  }
}

function isOurs(manifest: string): boolean {
  const { name } = JSON.parse(readFileSync(manifest, "utf8")) as { name?: unknown };
  return name === "cdktf-provider-outbound";
}
