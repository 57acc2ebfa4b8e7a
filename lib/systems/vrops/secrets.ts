/** Keys whose values are secrets by their very name, for types whose description is not at hand. */
export function looksSecret(key: string): boolean {
  return /passw|secret|token|api.?key|community|private.?key/i.test(key);
}
