import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";

export interface SearchResult {
  readonly searched: number;
  /** "terraform.tfstate: SMTP_PASSWORD (base64)"; never the secret itself. */
  readonly found: readonly string[];
}

/**
 * Searches files for secrets in every encoding in which they could be there. The executables of providers are skipped:
 * they are older than any of the secrets.
 */
export function searchForSecrets(
  directories: readonly string[],
  spoken: string,
  secrets: Readonly<Record<string, string>>,
): SearchResult {
  const texts = directories.flatMap((directory) =>
    files(directory).map((path) => ({ where: relative(directory, path), text: readFileSync(path).toString("latin1") })),
  );
  texts.push({ where: "what was printed", text: spoken });
  const found = texts.flatMap(({ where, text }) =>
    Object.entries(secrets).flatMap(([name, secret]) =>
      forms(secret)
        .filter(([, form]) => text.includes(form))
        .map(([label]) => `${where}: ${name} (${label})`),
    ),
  );
  return { searched: texts.length, found };
}

function forms(secret: string): [string, string][] {
  const all: [string, string][] = [
    ["plain", secret],
    ["base64", Buffer.from(secret).toString("base64").replaceAll("=", "")],
    ["URL-encoded", encodeURIComponent(secret)],
    ["JSON", JSON.stringify(secret).slice(1, -1)],
  ];
  return all.filter(([label, form]) => label === "plain" || form !== secret);
}

function files(directory: string): string[] {
  return readdirSync(directory, { withFileTypes: true }).flatMap((entry) => {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) return ["providers", "plugins"].includes(entry.name) ? [] : files(path);
    return entry.isFile() ? [path] : [];
  });
}
