import { existsSync, readdirSync, readFileSync, readlinkSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { compare } from "../../core/finding";
import { LOCK_FILE, lockedProviders } from "../../package/install";
import { isObject } from "../masking";
import { digestOf } from "../digest";
import { binding, type Binding, type Normaliser } from "./binding";
import { backends, bindingsOfConfiguration } from "./configuration";
import { moduleFolders } from "./modules";

/** Terraform's own notes, states and plans: results of runs, not causes. What Git keeps differs from clone to clone. */
const NOT_CAUSES = /^(\.terraform|\.git|terraform\.d|\.terraform\.lock\.hcl|.*\.tfstate(\..*)?|.*\.tfplan|crash\.log)$/;

/**
 * What the folder decides that Terraform runs in: the configuration, all beside it, locks, and the providers it starts.
 *
 * @param read the configuration, and files in the folder that are told otherwise
 */
export function bindingsOfFolder(
  directory: string,
  [configuration, ...read]: readonly [string, ...string[]],
  normaliser: Normaliser,
): Binding[] {
  const said = existsSync(configuration) ? parsed(configuration) : undefined;
  const written = bindingsOfConfiguration(said, normaliser);
  const used = initialised(directory, normaliser);
  return [
    ...written.filter(({ kind }) => kind !== "backend" || used.length === 0),
    ...used,
    ...otherFiles(directory, [basename(configuration), ...read], normaliser),
    ...filesOfModules(directory, normaliser),
    ...locks(directory),
    ...executables(join(directory, "terraform.d", "plugins")),
  ];
}

function parsed(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch {
    // Terraform itself says what is wrong with it.
    return readFileSync(path, "utf8");
  }
}

/** The backend that `terraform init` has prepared: it may have got a part of its settings from the command line. */
function initialised(directory: string, normaliser: Normaliser): Binding[] {
  const path = join(directory, ".terraform", "terraform.tfstate");
  const state = existsSync(path) ? parsed(path) : undefined;
  const backend = isObject(state) ? state["backend"] : undefined;
  if (!isObject(backend) || typeof backend["type"] !== "string") return [];
  return backends({ [backend["type"]]: backend["config"] }, normaliser);
}

/** Modules, assets, variables: whatever Terraform may read. */
function otherFiles(directory: string, except: readonly string[], normaliser: Normaliser): Binding[] {
  return filesBelow(directory)
    .filter((path) => !except.includes(path))
    .map((path) => binding("file", path, contentOf(join(directory, path), normaliser)));
}

/** Modules that lie elsewhere: downloaded by `terraform init`, or beside the stack's folder. */
function filesOfModules(directory: string, normaliser: Normaliser): Binding[] {
  const files = moduleFolders(directory).flatMap((folder) => {
    const root = resolve(directory, folder);
    return existsSync(root) ? filesBelow(root).map((path) => join(folder, path)) : [];
  });
  // A module may lie within another one.
  return [...new Set(files)].map((path) =>
    binding("file", normaliser.text(path), contentOf(resolve(directory, path), normaliser)),
  );
}

/** Paths of files and links, sorted; a link is not followed. */
function filesBelow(directory: string, folder = ""): string[] {
  return readdirSync(join(directory, folder), { withFileTypes: true })
    .filter(({ name }) => !NOT_CAUSES.test(name))
    .flatMap((entry) => {
      const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
      return entry.isDirectory() ? filesBelow(directory, path) : [path];
    })
    .sort(compare);
}

/** A link counts by where it leads, and is not followed: what it leads to may be anything. */
function contentOf(path: string, normaliser: Normaliser): unknown {
  try {
    return { link: normaliser.text(readlinkSync(path)) };
  } catch {
    const bytes = readFileSync(path);
    const text = bytes.toString("utf8");
    // A text may hold a secret that the plan knows; bytes that are none count as they are.
    return Buffer.from(text).equals(bytes) ? normaliser.text(text) : digestOf(bytes);
  }
}

function locks(directory: string): Binding[] {
  const path = join(directory, LOCK_FILE);
  if (!existsSync(path)) return [];
  return lockedProviders(readFileSync(path, "utf8")).map(({ source, version, hashes }) =>
    binding("lock", `${source} ${version}`.trim(), { version, hashes }),
  );
}

/** Providers that come with the configuration: the lock file alone would not notice another one where it is made anew. */
function executables(plugins: string): Binding[] {
  if (!existsSync(plugins)) return [];
  return filesBelow(plugins)
    .filter((path) => basename(path).startsWith("terraform-provider-"))
    .map((path) => binding("executable", path, readFileSync(join(plugins, path))));
}
