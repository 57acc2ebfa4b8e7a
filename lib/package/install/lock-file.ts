import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export interface LockEntry {
  /** The source address in three parts. */
  readonly source: string;
  readonly version: string;
  /** The constraints of `required_providers`; empty where it has none. @default the version */
  readonly constraints?: string;
  /** Without any, Terraform adds them at `terraform init`. */
  readonly hashes?: readonly string[];
}

export const LOCK_FILE = ".terraform.lock.hcl";

const HEADER = `# This file is maintained automatically by "terraform init".
# Manual edits may be lost in future updates.
`;

export interface LockEntries {
  /** Entries that replace existing ones. */
  readonly own: readonly LockEntry[];
  /** Entries that are added only where there is no entry yet. */
  readonly others: readonly LockEntry[];
}

/** Merges entries into the lock file of a configuration, and returns its path; the file is written only when it changes. */
export function updateLockFile(directory: string, entries: LockEntries): string {
  const path = join(directory, LOCK_FILE);
  const existing = existsSync(path) ? readFileSync(path, "utf8") : undefined;
  const merged = mergeLockFile(existing, entries);
  if (merged !== existing) writeFileSync(path, merged);
  return path;
}

/**
 * Merges entries into a lock file: `own` entries replace existing ones, `others` are added where there is no entry yet. An
 * existing entry of another provider is never touched: its checksums are the user's decision.
 */
export function mergeLockFile(existing: string | undefined, entries: LockEntries): string {
  const own = entries.own.reduce(withEntry, existing ?? HEADER);
  return entries.others.filter(({ source }) => blockOf(own, source) === undefined).reduce(withEntry, own);
}

function withEntry(text: string, entry: LockEntry): string {
  const block = render(entry);
  const old = blockOf(text, entry.source);
  if (old === undefined) return `${text.trimEnd()}\n\n${block}\n`;
  return text.replace(old, () => block);
}

/** The text of a provider's block. Its strings, which are hashes and versions, contain no braces. */
function blockOf(text: string, source: string): string | undefined {
  const name = source.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`^provider "${name}" \\{[^}]*^\\}`, "m").exec(text)?.[0];
}

/** The providers that a lock file pins, as far as Terraform itself has written it. */
export function lockedProviders(text: string): readonly Required<Omit<LockEntry, "constraints">>[] {
  return [...text.matchAll(/^provider "([^"\n]+)" \{[^}]*^\}/gm)].map(([block, source = ""]) => ({
    source,
    version: /^ *version *= "([^"\n]+)"/m.exec(block)?.[1] ?? "",
    hashes: [...block.matchAll(/^ *"([^"\n]+)",$/gm)].map(([, hash]) => hash!).sort(),
  }));
}

/** Formats an entry with Terraform's alignment, so that the next `init` changes nothing. */
function render({ source, version, constraints = version, hashes }: LockEntry): string {
  const lines = [
    `provider "${source}" {`,
    `  ${constraints === "" ? "version" : "version    "} = "${version}"`,
    ...(constraints === "" ? [] : [`  constraints = "${constraints}"`]),
    ...(hashes?.length ? ["  hashes = [", ...[...hashes].sort().map((hash) => `    "${hash}",`), "  ]"] : []),
    "}",
  ];
  return lines.join("\n");
}
