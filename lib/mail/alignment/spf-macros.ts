/** A percent sign that stands for itself, or the domain: `%{d}`, `%{d2}`, `%{dr.-}`. */
const DOMAIN = /%%|%\{d(\d{0,3})(r?)([.\-+,/_=]*)\}/gi;

/**
 * The record of `domain` with its own name in place of `%{d}`. mailauth puts the sender's domain there, which
 * is right in the sender's own record and wrong in one that is included. @see RFC 7208, section 7.2
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
