import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export interface LockEntry {
  /** In three parts. */
  readonly source: string;
  readonly version: string;
  /** As `required_providers` says; empty where it says nothing. @default the version */
  readonly constraints?: string;
  /** Without any, Terraform fills them in at `terraform init`. */
  readonly hashes?: readonly string[];
}

export const LOCK_FILE = ".terraform.lock.hcl";

const HEADER = `# This file is maintained automatically by "terraform init".
# Manual edits may be lost in future updates.
`;

export interface LockEntries {
  /** Written as given. */
  readonly own: readonly LockEntry[];
  /** Added where there is no entry yet. */
  readonly others: readonly LockEntry[];
}

/** Merges entries into the lock file of a configuration, and gives its path; it is written only where it changes. */
export function updateLockFile(directory: string, entries: LockEntries): string {
  const path = join(directory, LOCK_FILE);
  const existing = existsSync(path) ? readFileSync(path, "utf8") : undefined;
  const merged = mergeLockFile(existing, entries);
  if (merged !== existing) writeFileSync(path, merged);
  return path;
}

/**
 * The lock file with `own` entries as given and `others` added where there is no entry yet. An entry of
 * another provider that is already there is never touched: its checksums are the user's decision.
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

/** The text of a provider's block; strings in it hold no braces, hashes and versions being what they are. */
function blockOf(text: string, source: string): string | undefined {
  const name = source.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`^provider "${name}" \\{[^}]*^\\}`, "m").exec(text)?.[0];
}

/** What a lock file pins, as far as Terraform itself has written it. */
export function lockedProviders(text: string): readonly Required<Omit<LockEntry, "constraints">>[] {
  return [...text.matchAll(/^provider "([^"\n]+)" \{[^}]*^\}/gm)].map(([block, source = ""]) => ({
    source,
    version: /^ *version *= "([^"\n]+)"/m.exec(block)?.[1] ?? "",
    hashes: [...block.matchAll(/^ *"([^"\n]+)",$/gm)].map(([, hash]) => hash!).sort(),
  }));
}

/** Aligned as Terraform does it, so that its next `init` changes nothing. */
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
