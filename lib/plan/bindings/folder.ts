import { existsSync, readdirSync, readFileSync, readlinkSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { compare } from "../../core/finding";
import { LOCK_FILE, lockedProviders } from "../../package/install";
import { isObject } from "../masking";
import { digestOf } from "../digest";
import { binding, type Binding, type Normaliser } from "./binding";
import { backends, bindingsOfConfiguration } from "./configuration";
import { moduleFolders } from "./modules";

/** Terraform's own notes, states and plans are results of runs, not causes; what Git stores differs between clones. */
const NOT_CAUSES = /^(\.terraform|\.git|terraform\.d|\.terraform\.lock\.hcl|.*\.tfstate(\..*)?|.*\.tfplan|crash\.log)$/;

/**
 * The bindings of the folder that Terraform runs in: the configuration, the files beside it, locks, and the providers
 * that it starts.
 *
 * @param read the configuration, and files in the folder that are described elsewhere
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
    // Terraform itself reports what is wrong with it.
    return readFileSync(path, "utf8");
  }
}

/** The backend that `terraform init` has prepared: some of its settings may come from the command line. */
function initialised(directory: string, normaliser: Normaliser): Binding[] {
  const path = join(directory, ".terraform", "terraform.tfstate");
  const state = existsSync(path) ? parsed(path) : undefined;
  const backend = isObject(state) ? state["backend"] : undefined;
  if (!isObject(backend) || typeof backend["type"] !== "string") return [];
  return backends({ [backend["type"]]: backend["config"] }, normaliser);
}

/** Modules, assets, variables: every file that Terraform may read. */
function otherFiles(directory: string, except: readonly string[], normaliser: Normaliser): Binding[] {
  return filesBelow(directory)
    .filter((path) => !except.includes(path))
    .map((path) => binding("file", path, contentOf(join(directory, path), normaliser)));
}

/** Modules outside of the stack's folder: downloaded by `terraform init`, or beside it. */
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

/** Paths of files and links, sorted; links are not followed. */
function filesBelow(directory: string, folder = ""): string[] {
  return readdirSync(join(directory, folder), { withFileTypes: true })
    .filter(({ name }) => !NOT_CAUSES.test(name))
    .flatMap((entry) => {
      const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
      return entry.isDirectory() ? filesBelow(directory, path) : [path];
    })
    .sort(compare);
}

/** The content of a file. A link counts by its target's path, and is not followed: it may lead anywhere. */
function contentOf(path: string, normaliser: Normaliser): unknown {
  try {
    return { link: normaliser.text(readlinkSync(path)) };
  } catch {
    const bytes = readFileSync(path);
    const text = bytes.toString("utf8");
    // A text may hold a secret that the plan knows; other bytes count as they are.
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

/**
 * The digests of providers that come with the configuration: the lock file alone would not notice another executable
 * where it is made anew.
 */
function executables(plugins: string): Binding[] {
  if (!existsSync(plugins)) return [];
  return filesBelow(plugins)
    .filter((path) => basename(path).startsWith("terraform-provider-"))
    .map((path) => binding("executable", path, readFileSync(join(plugins, path))));
}
