const WORD = /=\?([\w.:-]{1,40})(?:\*[\w-]*)?\?([BQ])\?([^?\s]*)\?=/gi;

/** Decodes the encoded words in a header's text; invalid ones stay as they are. @see RFC 2047 */
export function decodeWords(text: string): string {
  // White space between two of them is not part of the text.
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
