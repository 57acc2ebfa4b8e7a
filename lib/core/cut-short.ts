/**
 * Cuts a text that is too long and appends an ellipsis, which also tells the redactor to look for the beginning of a secret
 * in front of it.
 */
export function cutShort(text: string, most: number): string {
  // A character outside the basic plane is not cut in two.
  return text.length > most ? `${text.slice(0, most).replace(/[\ud800-\udbff]$/, "")}…` : text;
}
