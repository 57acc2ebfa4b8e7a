/** Makes an id of twelve hexadecimal digits: unique enough to identify one mail, short enough for a subject. */
export function newMailId(random: () => number): string {
  return Array.from({ length: 12 }, () => Math.floor(random() * 16).toString(16)).join("");
}
