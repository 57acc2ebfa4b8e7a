/** Some releases may show a stored secret as a mask. Writing it back would make the mask the password. */
export function isMask(value: string | null | undefined): boolean {
  return typeof value === "string" && /^[*\u2022\u25CF\u2219\u00B7]{3,}$/.test(value);
}

/** Keys whose values are secrets by their very name, for types whose description is not at hand. */
export function looksSecret(key: string): boolean {
  return /passw|secret|token|api.?key|community|private.?key/i.test(key);
}
