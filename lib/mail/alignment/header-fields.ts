/** One header field of a message: its name in lower case, its value unfolded. */
export interface HeaderField {
  readonly name: string;
  readonly value: string;
  /** The original text with its line breaks; one character for each octet. */
  readonly raw: string;
}

/** The most octets of a header that are read; only a malicious one is longer. */
export const MAX_HEAD = 128 * 1024;

/** The fields in order, topmost first; at most {@link MAX_HEAD} octets are read. */
export function headerFields(message: Buffer): readonly HeaderField[] {
  // A line that begins with a space or a tab continues the one before.
  const fields = message.toString("latin1", 0, headLength(message)).split(/(?<=\n)(?![ \t])/);
  return fields.map((raw) => {
    const colon = raw.indexOf(":");
    const value = raw.slice(colon + 1).replace(/\r?\n[ \t]+/g, " ");
    return { name: raw.slice(0, Math.max(0, colon)).trim().toLowerCase(), value: value.trim(), raw };
  });
}

/** The length of the header in octets, without the empty line; the whole message where there is none. */
export function headLength(message: Buffer): number {
  const crlf = message.indexOf("\r\n\r\n");
  const lf = message.indexOf("\n\n");
  return Math.min(message.length, MAX_HEAD, ...(crlf < 0 ? [] : [crlf + 2]), ...(lf < 0 ? [] : [lf + 1]));
}

/** The body: everything after the empty line. */
export function bodyOf(message: Buffer): Buffer {
  const rest = message.subarray(headLength(message));
  return rest.subarray(rest[0] === 0x0d ? 2 : 1);
}

/** The message with a selection of its header fields and normalised line ends; its body is unchanged. */
export function withFields(message: Buffer, keep: (field: HeaderField) => boolean): Buffer {
  const head = headerFields(message)
    .filter(keep)
    .map(({ raw }) => raw)
    .join("");
  const ended = head === "" || head.endsWith("\n") ? head : `${head}\r\n`;
  const whole = `${ended}\n${bodyOf(message).toString("latin1")}`;
  return Buffer.from(whole.replace(/\r?\n/g, "\r\n"), "latin1");
}
