import { createHash } from "node:crypto";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { checkPlatform, platformName } from "./platform";

export interface MirrorEntry {
  /** The mirror's root: `terraform.d/plugins` in a working directory, `~/.terraform.d/plugins` for a user. */
  readonly directory: string;
  /** In three parts: `registry.terraform.io/cdktf-outbound/outbound`. */
  readonly source: string;
  readonly version: string;
  /** The file to install. */
  readonly executable: string;
  /** @default the machine this runs on */
  readonly platform?: string;
}

/**
 * Puts a provider where Terraform looks before it asks a registry, and returns the package's directory.
 * It is a copy, so that the directory can be shipped to another machine, and it is written only when it differs.
 *
 * @see https://developer.hashicorp.com/terraform/cli/config/config-file#implied-local-mirror-directories
 */
export function writeProviderMirror({ directory, source, version, executable, platform }: MirrorEntry): string {
  const target = join(directory, ...source.split("/"), version, checkPlatform(platform ?? platformName()));
  const name = executableName(source, version);
  const content = readFileSync(executable);
  mkdirSync(target, { recursive: true });
  // Terraform hashes everything it finds here, so what an older build left would spoil the checksum.
  for (const entry of readdirSync(target)) if (entry !== name) rmSync(join(target, entry), { recursive: true });
  const file = join(target, name);
  if (!existsSync(file) || !readFileSync(file).equals(content)) replaceFile(file, content);
  if ((statSync(file).mode & 0o111) !== 0o111) chmodSync(file, 0o755);
  return target;
}

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

function executableName(source: string, version: string): string {
  return `terraform-provider-${source.split("/").at(-1)}_v${version}`;
}

/** Terraform may be running the old file: it keeps its own, and nobody ever sees half of the new one. */
function replaceFile(file: string, content: Buffer): void {
  // Beside the package, not in it: see above.
  const temporary = `${file.replace(/[^/\\]+$/, "..")}/.${process.pid}-${Date.now()}.tmp`;
  writeFileSync(temporary, content, { mode: 0o755 });
  renameSync(temporary, file);
}
