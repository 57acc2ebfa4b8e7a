/** The bodies of all header fields of this name, topmost first, unfolded. @see RFC 5322 section 2.2.3 */
export function headerFields(message: Buffer | string, name: string): readonly string[] {
  const text = typeof message === "string" ? message : headerOf(message).toString("utf8");
  const unfolded = text.replace(/\r?\n(?=[ \t])/g, "");
  const wanted = `${name.toLowerCase()}:`;
  return unfolded
    .split(/\r?\n/)
    .filter((line) => line.slice(0, wanted.length).toLowerCase() === wanted)
    .map((line) => line.slice(wanted.length).replace(/\s+/g, " ").trim());
}

function headerOf(message: Buffer): Buffer {
  const ends = ["\r\n\r\n", "\n\n"].map((gap) => message.indexOf(gap)).filter((end) => end >= 0);
  return ends.length === 0 ? message : message.subarray(0, Math.min(...ends));
}
