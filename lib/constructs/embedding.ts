import { rmSync } from "node:fs";
import { join } from "node:path";
import { makeFolder } from "../core/make-folder";
import {
  NULL_NAME,
  NULL_SOURCE,
  NULL_VERSION,
  PROVIDER_NAME,
  PROVIDER_SOURCE,
  PROVIDER_VERSION,
} from "../package/identity";
import {
  executable,
  packageHash,
  pinnedProviders,
  platformName,
  updateLockFile,
  writeProviderMirror,
  type LockEntry,
  type Requirement,
} from "../package/install";
import type { ISynthesisSession, TerraformStack } from "./cdktf";
import { inOneLibrary } from "./one-library";
import { overridesOf } from "./overrides-of";

const embedsNull = new WeakSet<TerraformStack>();

/**
 * Makes a stack use this package's own small `null_resource` in place of hashicorp/null: for the sandbox and for machines
 * that cannot reach a registry. The same as `embedNullProvider` of the OutboundProvider.
 */
export function useEmbeddedNull(stack: TerraformStack): void {
  inOneLibrary(stack);
  embedsNull.add(stack);
  stack.addOverride(`terraform.required_providers.${NULL_NAME}`, { source: NULL_SOURCE, version: NULL_VERSION });
}

/**
 * Copies the providers of this package into the stack's working directory, where Terraform finds them before it asks a
 * registry, and writes the lock file that keeps CDKTF from asking one. Without a lock file (or an entry for each provider)
 * `cdktf deploy` runs `terraform providers lock`, which ignores local mirrors and so fails. An entry without checksums is
 * valid: `terraform init` adds them.
 */
export function embedProviders(
  stack: TerraformStack,
  session: ISynthesisSession,
  platforms = [platformName()] as readonly string[],
): void {
  const { workingDirectory: folder, synthesizedStackPath } = session.manifest.forStack(stack);
  const workingDirectory = join(session.outdir, folder);
  // CDKTF leaves the file of an earlier synth in the other notation there, and Terraform would read every block twice.
  const other = synthesizedStackPath.endsWith(".json")
    ? synthesizedStackPath.slice(0, -".json".length)
    : `${synthesizedStackPath}.json`;
  rmSync(join(session.outdir, other), { force: true });
  const ours = [
    { source: PROVIDER_SOURCE, version: PROVIDER_VERSION, executable: executable(PROVIDER_NAME) },
    ...(embedsNull.has(stack)
      ? [{ source: NULL_SOURCE, version: NULL_VERSION, executable: executable(NULL_NAME) }]
      : []),
  ];
  const directory = join(workingDirectory, "terraform.d", "plugins");
  for (const platform of platforms) for (const entry of ours) writeProviderMirror({ directory, platform, ...entry });

  // The checksum belongs to the file that lies there now: the same version may have been rebuilt since the last deploy.
  const own = ours.map((entry): LockEntry => ({ ...entry, hashes: [packageHash(entry)] }));
  const others = pinnedProviders(requiredBy(stack)).filter(
    ({ source }) => !ours.some((entry) => entry.source === source),
  );
  makeFolder(workingDirectory);
  updateLockFile(workingDirectory, { own, others });
}

/** The required providers of the stack, escape hatches included. */
function requiredBy(stack: TerraformStack): Record<string, Requirement> {
  const declared = stack
    .allProviders()
    .map(
      (provider) =>
        (provider.toTerraform() as { terraform: { required_providers: object } }).terraform.required_providers,
    );
  const { terraform } = overridesOf(stack) as {
    readonly terraform?: { readonly required_providers?: Readonly<Record<string, Requirement>> };
  };
  const required: Record<string, Requirement> = Object.assign({}, ...declared);
  for (const [name, override] of Object.entries(terraform?.required_providers ?? {})) {
    required[name] = { ...required[name], ...override };
  }
  return required;
}
