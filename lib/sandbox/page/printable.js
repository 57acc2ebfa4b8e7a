// @ts-check
/** As `lib/core/printable.ts` has it, in which the browser cannot look; a test holds the two against each other. */

const UNPRINTABLE =
  /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{NChar}\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180e\u3164\uffa0]/gu;

/**
 * What is invisible, or turns the direction of the text around it, by its number: `⟨U+202E⟩`.
 *
 * @param {string} text
 */
export function printable(text) {
  return text.replaceAll("\r\n", "\n").replace(UNPRINTABLE, (one) => {
    if (one === "\n" || one === "\t") return one;
    if (/[\0\v\f\r\u0085\u2028\u2029]/.test(one)) return " ";
    return `⟨U+${Number(one.codePointAt(0)).toString(16).toUpperCase().padStart(4, "0")}⟩`;
  });
}
