/** Whether a key names a secret, for types whose description is not available. */
export function looksSecret(key: string): boolean {
  return /passw|secret|token|api.?key|community|private.?key/i.test(key);
}
