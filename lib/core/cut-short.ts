/**
 * The beginning of a text that is too long. The ellipsis is not only for people: the redactor looks for the beginnings of
 * secrets in front of one.
 */
export function cutShort(text: string, most: number): string {
  // A character outside the basic plane is not cut in two.
  return text.length > most ? `${text.slice(0, most).replace(/[\ud800-\udbff]$/, "")}…` : text;
}
