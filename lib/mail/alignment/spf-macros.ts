/** An escaped percent sign, or the domain: `%{d}`, `%{d2}`, `%{dr.-}`. */
const DOMAIN = /%%|%\{d(\d{0,3})(r?)([.\-+,/_=]*)\}/gi;

/**
 * Expands `%{d}` in a record of `domain`. mailauth inserts the sender's domain there, which is right in the sender's
 * own record and wrong in an included one. @see RFC 7208, section 7.2
 */
export function withOwnDomain(record: string, domain: string): string {
  return record.replace(DOMAIN, (macro, digits: string, reversed: string, delimiters: string) => {
    if (macro === "%%") return macro;
    const parts = delimiters === "" ? domain.split(".") : split(domain, delimiters);
    const ordered = reversed === "" ? parts : parts.reverse();
    return ordered.slice(-(Number(digits) || ordered.length)).join(".");
  });
}

function split(text: string, delimiters: string): string[] {
  const parts = [""];
  for (const character of text) {
    if (delimiters.includes(character)) parts.push("");
    else parts.push(parts.pop()! + character);
  }
  return parts;
}
