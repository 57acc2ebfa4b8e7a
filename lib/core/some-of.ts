/** Lists the first of many names: "a, b and 549998 more". Lists all of them where there are no more than `most`. */
export function someOf(names: readonly string[], most = 20): string {
  if (names.length <= most) return names.join(", ");
  return `${names.slice(0, most).join(", ")} and ${names.length - most} more`;
}
