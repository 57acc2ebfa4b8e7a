/**
 * Encodes a header block with every name and value as a literal: this server's headers are few, constant and encoded once.
 *
 * @param headers names in lower case, ASCII
 * @see https://www.rfc-editor.org/rfc/rfc7541#section-6.2.2
 */
export function encodeHeaders(headers: Readonly<Record<string, string>>): Buffer {
  return Buffer.concat(
    Object.entries(headers).flatMap(([name, value]) => [NOT_INDEXED, ...text(name), ...text(value)]),
  );
}

const NOT_INDEXED = Buffer.of(0);

function text(value: string): Buffer[] {
  const bytes = Buffer.from(value, "latin1");
  return [number(bytes.length), bytes];
}

/** Encodes a number with a seven-bit prefix. */
function number(value: number): Buffer {
  const prefix = 0x7f;
  if (value < prefix) return Buffer.of(value);
  const bytes = [prefix];
  let rest = value - prefix;
  for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) bytes.push((rest % 0x80) | 0x80);
  return Buffer.from([...bytes, rest]);
}
