import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

/** What is measured: one build under one Node.js. */
export interface Subject {
  /** As the table says it: the release of Node.js, and "before" for the other build. */
  readonly label: string;
  /** The major version. */
  readonly release: string;
  /** The program. */
  readonly node: string;
  /** The checkout, built. */
  readonly root: string;
}

export const HERE = resolve(__dirname, "..");
/** The oldest that is supported, and the one that most people have. */
export const RELEASES = ["20", "24"] as const;

export const providerOf = ({ root }: Pick<Subject, "root">): string =>
  join(root, "dist/provider/terraform-provider-outbound");
export const commandLineOf = ({ root }: Pick<Subject, "root">): string => join(root, "bin/outbound.js");

/** One for each release that can be had here, and why the others cannot. */
export async function subjects(
  releases: readonly string[],
  before: string | undefined,
): Promise<{ readonly subjects: readonly Subject[]; readonly missing: readonly string[] }> {
  const roots = [{ root: HERE, mark: "" }];
  if (before !== undefined) roots.push({ root: builtCheckout(before), mark: ", before" });
  const found: Subject[] = [];
  const missing: string[] = [];
  const nodeOf = await nodeFinder();
  for (const release of releases) {
    const { node, why } = nodeOf(release);
    if (node === undefined) missing.push(`Node.js ${release}: ${why}`);
    else for (const { root, mark } of roots) found.push({ label: `${release}${mark}`, release, node, root });
  }
  return { subjects: found, missing };
}

/** A limit that differs from one release of Node.js to another. */
export const limitFor = (
  { release }: Subject,
  limits: Readonly<Record<string, number>>,
): { readonly limit?: number } => (limits[release] === undefined ? {} : { limit: limits[release] });

/** `v24.1.0` */
export const versionOf = (node: string): string =>
  spawnSync(node, ["--version"], { encoding: "utf8", timeout: 10_000 }).stdout.trim();

function builtCheckout(folder: string): string {
  const root = resolve(folder);
  const provider = providerOf({ root });
  if (!existsSync(provider))
    throw new Error(`--before ${folder}: there is no ${provider}; run \`npm run build\` in it`);
  return root;
}

type NodeFinder = (release: string) => { readonly node?: string; readonly why?: string };

/** The releases' finder is a module of its own kind, which the scripts share. */
async function nodeFinder(): Promise<NodeFinder> {
  const module = pathToFileURL(join(HERE, "scripts/node-releases.mjs")).href;
  return ((await import(module)) as { readonly nodeOf: NodeFinder }).nodeOf;
}
