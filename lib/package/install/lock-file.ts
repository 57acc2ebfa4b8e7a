/** `.terraform.lock.hcl` as text in, text out. */

export interface LockEntry {
  /** In three parts. */
  readonly source: string;
  readonly version: string;
  /** As `required_providers` says. @default the version */
  readonly constraints?: string;
  /** Without any, Terraform fills them in at `terraform init`. */
  readonly hashes?: readonly string[];
}

export const LOCK_FILE = ".terraform.lock.hcl";

const HEADER = `# This file is maintained automatically by "terraform init".
# Manual edits may be lost in future updates.
`;

/**
 * The lock file with `own` entries as given and `others` added where there is no entry yet. An entry of
 * another provider that is already there is never touched: its checksums are the user's decision.
 */
export function mergeLockFile(
  existing: string | undefined,
  entries: { readonly own: readonly LockEntry[]; readonly others: readonly LockEntry[] },
): string {
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

/** Aligned as Terraform does it, so that its next `init` changes nothing. */
function render({ source, version, constraints, hashes }: LockEntry): string {
  const lines = [
    `provider "${source}" {`,
    `  version     = "${version}"`,
    `  constraints = "${constraints ?? version}"`,
    ...(hashes?.length ? ["  hashes = [", ...[...hashes].sort().map((hash) => `    "${hash}",`), "  ]"] : []),
    "}",
  ];
  return lines.join("\n");
}
