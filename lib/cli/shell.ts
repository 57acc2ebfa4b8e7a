/** `export NAME='value'` lines for POSIX shells. */
export function shellExports(environment: Readonly<Record<string, string>>): string {
  return Object.entries(environment)
    .map(([name, value]) => `export ${name}=${shellQuoted(value)}`)
    .join("\n");
}

/** One word, whatever is in it. */
export function shellQuoted(value: string): string {
  return `'${value.replaceAll("'", "'\\''")}'`;
}
