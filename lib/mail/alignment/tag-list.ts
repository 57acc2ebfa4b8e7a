/** `tag=value; tag=value`, in order, as DKIM and DMARC write them. @see RFC 6376, section 3.2 */
export interface TagList {
  readonly tags: ReadonlyMap<string, string>;
  /** The names in order. */
  readonly order: readonly string[];
  /** Parts of another form, or repeated tags. */
  readonly errors: readonly string[];
}

const TAG = /^([a-z][a-z0-9_]*)\s*=([^]*)$/i;

/** Parses a list. Names keep their case: it matters in DKIM, and not in DMARC. */
export function parseTagList(text: string): TagList {
  const tags = new Map<string, string>();
  const order: string[] = [];
  const errors: string[] = [];
  for (const part of text.split(";")) {
    const trimmed = part.trim();
    if (trimmed === "") continue;
    const [, name, value] = TAG.exec(trimmed) ?? [];
    if (name === undefined || value === undefined) errors.push(`"${trimmed.slice(0, 40)}" is not tag=value`);
    else if (tags.has(name)) errors.push(`${name}= is there twice`);
    else {
      tags.set(name, value.trim());
      order.push(name);
    }
  }
  return { tags, order, errors };
}
