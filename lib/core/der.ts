/** Encodes and reads as much of DER (X.690) as certificates need. */

function element(tag: number, content: Buffer): Buffer {
  const { length } = content;
  const header =
    length < 0x80 ? [tag, length] : length < 0x100 ? [tag, 0x81, length] : [tag, 0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from(header), content]);
}

export const sequence = (...parts: Buffer[]) => element(0x30, Buffer.concat(parts));
export const set = (...parts: Buffer[]) => element(0x31, Buffer.concat(parts));
export const octetString = (content: Buffer) => element(0x04, content);
export const utf8String = (text: string) => element(0x0c, Buffer.from(text, "utf8"));
export const boolean = (value: boolean) => element(0x01, Buffer.from([value ? 0xff : 0x00]));

/** A BIT STRING; the last `unused` bits of its last octet do not count. */
export const bitString = (content: Buffer, unused = 0) =>
  element(0x03, Buffer.concat([Buffer.from([unused]), content]));

/** Puts `[n]` around an element, or, with `constructed` false, in place of its tag. */
export const tagged = (number: number, content: Buffer, constructed = true) =>
  element(0x80 | (constructed ? 0x20 : 0) | number, content);

/** An unsigned integer; a leading zero keeps it positive. */
export function integer(bytes: Buffer): Buffer {
  let start = 0;
  while (start < bytes.length - 1 && bytes[start] === 0) start++;
  const digits = bytes.subarray(start);
  return element(0x02, (digits[0] ?? 0) & 0x80 ? Buffer.concat([Buffer.from([0]), digits]) : digits);
}

export function objectIdentifier(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split(".").map(Number);
  const octets = [first * 40 + second];
  for (const arc of rest) {
    const group = [arc & 0x7f];
    for (let left = arc >> 7; left > 0; left >>= 7) group.unshift((left & 0x7f) | 0x80);
    octets.push(...group);
  }
  return element(0x06, Buffer.from(octets));
}

/** RFC 5280 section 4.1.2.5: two-digit years until 2049, four digits from then on. */
export function time(ms: number): Buffer {
  const digits = `${new Date(ms).toISOString().slice(0, 19).replace(/[-:T]/g, "")}Z`;
  return Number(digits.slice(0, 4)) < 2050
    ? element(0x17, Buffer.from(digits.slice(2), "ascii"))
    : element(0x18, Buffer.from(digits, "ascii"));
}

/** The bounds of the content of the element at this offset; undefined where there is no element. */
export function elementAt(der: Buffer, at: number): { readonly content: number; readonly end: number } | undefined {
  const first = der[at + 1];
  if (first === undefined) return undefined;
  const octets = first < 0x80 ? 0 : first & 0x7f;
  const content = at + 2 + octets;
  if (octets > 4 || content > der.length) return undefined;
  const length = octets === 0 ? first : der.readUIntBE(at + 2, octets);
  return { content, end: content + length };
}
