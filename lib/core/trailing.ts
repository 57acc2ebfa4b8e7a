/**
 * Removes these characters from the end of a text. It takes one pass: an expression such as `/x+$/` would begin anew at each
 * of them.
 *
 * @param characters each of them one UTF-16 code unit
 */
export function withoutTrailing(text: string, characters: string): string {
  let end = text.length;
  while (end > 0 && characters.includes(text[end - 1]!)) end--;
  return text.slice(0, end);
}
