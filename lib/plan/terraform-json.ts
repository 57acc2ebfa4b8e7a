/** The JSON in the output of `terraform show -json`: OpenTofu prints warnings about its own configuration before it. */
export function withoutWarnings(output: string): string {
  if (/^\s*[[{"]/.test(output)) return output;
  const begin = output.search(/^\{/m);
  return begin < 0 ? output : output.slice(begin);
}
