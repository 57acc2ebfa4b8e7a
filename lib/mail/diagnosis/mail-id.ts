/** Twelve hexadecimal digits: unique enough to find one mail among all others, short enough for a subject. */
export function newMailId(random: () => number): string {
  return Array.from({ length: 12 }, () => Math.floor(random() * 16).toString(16)).join("");
}
