const WORD = /=\?([\w.:-]{1,40})(?:\*[\w-]*)?\?([BQ])\?([^?\s]*)\?=/gi;

/** A header's text with its encoded words read; what cannot be read stays as it is. @see RFC 2047 */
export function decodeWords(text: string): string {
  // White space between two of them is no part of the text.
  return text
    .replace(/(\?=)\s+(?==\?)/g, "$1")
    .replace(WORD, (word, charset: string, encoding: string, data: string) => {
      const bytes = encoding.toUpperCase() === "B" ? Buffer.from(data, "base64") : quotedPrintable(data);
      try {
        return new TextDecoder(charset).decode(bytes);
      } catch {
        return word;
      }
    });
}

function quotedPrintable(data: string): Buffer {
  const octets = data
    .replaceAll("_", " ")
    .replace(/=([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  return Buffer.from(octets, "latin1");
}
