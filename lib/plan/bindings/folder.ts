import { existsSync, readdirSync, readFileSync, readlinkSync } from "node:fs";
import { basename, join } from "node:path";
import { compare } from "../../core/finding";
import { isObject } from "../masking";
import { binding, digestOf, type Binding, type Normaliser } from "./binding";
import { backends, bindingsOfConfiguration } from "./configuration";

/** Terraform's own notes, states and plans: results of runs, not causes. */
const NOT_CAUSES = /^(\.terraform|terraform\.d|\.terraform\.lock\.hcl|.*\.tfstate(\..*)?|.*\.tfplan|crash\.log)$/;

/** What the folder decides that Terraform runs in: the configuration, all beside it, locks, and the providers it starts. */
export function bindingsOfFolder(directory: string, configuration: string, normaliser: Normaliser): Binding[] {
  const said = existsSync(configuration) ? parsed(configuration) : undefined;
  const written = bindingsOfConfiguration(said, normaliser);
  const used = initialised(directory, normaliser);
  return [
    ...written.filter(({ kind }) => kind !== "backend" || used.length === 0),
    ...used,
    ...otherFiles(directory, basename(configuration), normaliser),
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
function otherFiles(directory: string, except: string, normaliser: Normaliser): Binding[] {
  const names = readdirSync(directory).filter((name) => name !== except && !NOT_CAUSES.test(name));
  return names
    .flatMap((name) => filesBelow(directory, name))
    .sort(compare)
    .map((name) => binding("file", name, contentOf(join(directory, name), normaliser)));
}

function filesBelow(directory: string, name: string): string[] {
  const entries = readdirSync(directory, { withFileTypes: true });
  const entry = entries.find((one) => one.name === name);
  if (entry?.isDirectory() !== true) return [name];
  return readdirSync(join(directory, name))
    .filter((inner) => !NOT_CAUSES.test(inner))
    .flatMap((inner) => filesBelow(join(directory, name), inner).map((path) => `${name}/${path}`));
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
  const path = join(directory, ".terraform.lock.hcl");
  if (!existsSync(path)) return [];
  const text = readFileSync(path, "utf8");
  return [...text.matchAll(/^provider "([^"\n]+)" \{\n(.*?)^\}/gms)].map(([, source = "", body = ""]) => {
    const version = /version\s*=\s*"([^"\n]+)"/.exec(body)?.[1] ?? "";
    const hashes = [...body.matchAll(/"((?:h1|zh):[^"\n]+)"/g)].map(([, hash]) => hash!).sort(compare);
    return binding("lock", `${source} ${version}`.trim(), { version, hashes });
  });
}

/** Providers that come with the configuration: the lock file alone would not notice another one where it is made anew. */
function executables(plugins: string): Binding[] {
  if (!existsSync(plugins)) return [];
  return filesOf(plugins)
    .filter((path) => basename(path).startsWith("terraform-provider-"))
    .map((path) => binding("executable", path, readFileSync(join(plugins, path))));
}

function filesOf(directory: string): string[] {
  return readdirSync(directory)
    .flatMap((name) => filesBelow(directory, name))
    .sort(compare);
}
