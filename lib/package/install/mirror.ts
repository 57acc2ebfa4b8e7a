import { createHash } from "node:crypto";
import { lstatSync, readFileSync, readdirSync, type Stats } from "node:fs";
import { dirname, join } from "node:path";
import { ProblemError } from "../../core/problem";
import { replaceFile } from "../../core/replace-file";
import { makeFolder } from "../../core/make-folder";
import { foreignFile, linkInMirror } from "./errors";
import { checkPlatform, platformName } from "./platform";

export interface MirrorEntry {
  /** The root of the mirror: `terraform.d/plugins` in a working directory, `~/.terraform.d/plugins` for a user. */
  readonly directory: string;
  /** The source in three parts: `registry.terraform.io/cdktf-outbound/outbound`. */
  readonly source: string;
  readonly version: string;
  /** The file to install. */
  readonly executable: string;
  /** @default the platform of this machine */
  readonly platform?: string;
}

/**
 * Puts a provider where Terraform looks before it asks a registry, and returns the package's directory. It copies the
 * executable, so that the directory can be moved to another machine, and writes only when the content differs. The root may
 * be a link; below it no link is followed, and only own files are deleted.
 *
 * @throws `install/link-in-mirror`, `install/foreign-file`
 * @see https://developer.hashicorp.com/terraform/cli/config/config-file#implied-local-mirror-directories
 */
export function writeProviderMirror({ directory, source, version, executable, platform }: MirrorEntry): string {
  const steps = [...source.split("/"), version, checkPlatform(platform ?? platformName())];
  makeFolder(directory);
  const target = steps.reduce(realDirectory, directory);
  const name = executableName(source, version);
  const content = readFileSync(executable);
  // Terraform's checksum covers all files here, so a file that somebody else put beside ours would change it.
  const foreign = readdirSync(target).filter((entry) => entry !== name);
  if (foreign.length > 0) throw new ProblemError(foreignFile(foreign.map((entry) => join(target, entry))));
  const file = join(target, name);
  if (!isInstalled(file, content)) replaceExecutable(file, content);
  return target;
}

/** Creates the folder `name` of `parent` if it is missing; never follows a link of that name. */
function realDirectory(parent: string, name: string): string {
  const path = join(parent, name);
  if (statsOf(path)?.isSymbolicLink()) throw new ProblemError(linkInMirror(path));
  makeFolder(path);
  return path;
}

function isInstalled(file: string, content: Buffer): boolean {
  const stats = statsOf(file);
  if (stats?.isSymbolicLink()) throw new ProblemError(linkInMirror(file));
  if (stats !== undefined && !stats.isFile()) throw new ProblemError(foreignFile([file]));
  return stats !== undefined && (stats.mode & 0o111) === 0o111 && readFileSync(file).equals(content);
}

const statsOf = (path: string): Stats | undefined => lstatSync(path, { throwIfNoEntry: false });

/**
 * Terraform's `h1:` checksum of a package that consists of this one file. It is the same on every platform.
 *
 * @see https://developer.hashicorp.com/terraform/language/files/dependency-lock#new-provider-package-checksums
 */
export function packageHash(entry: Pick<MirrorEntry, "source" | "version" | "executable">): string {
  const sha256 = (data: Buffer | string) => createHash("sha256").update(data);
  const line = `${sha256(readFileSync(entry.executable)).digest("hex")}  ${executableName(entry.source, entry.version)}\n`;
  return `h1:${sha256(line).digest("base64")}`;
}

/** The file name that Terraform expects in a package: `terraform-provider-outbound_v0.1.0`. */
export function executableName(source: string, version: string): string {
  return `terraform-provider-${source.split("/").at(-1)}_v${version}`;
}

/** Replaces the file atomically, because Terraform may be running the old one. */
function replaceExecutable(file: string, content: Buffer): void {
  // The temporary file lies beside the package, not in it, where it would change the checksum.
  replaceFile(file, content, {
    temporary: join(dirname(file), "..", `.${process.pid}-${Date.now()}.tmp`),
    mode: 0o755,
  });
}
