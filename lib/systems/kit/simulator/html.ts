/** A value as text of a page, in an attribute too; nothing where there is none. */
export function escaped(value: unknown): string {
  return String(value ?? "").replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
