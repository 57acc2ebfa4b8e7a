// An unterminated comment takes everything behind it, so that no part of the text is read twice.
const COMMENT = /\/\*[^]*?(?:\*\/|(?![^]))|(^|\s)(#|\/\/).*$/gm;

/**
 * Removes the comments from HCL, well enough to look for blocks: it also removes what looks like a comment inside a string.
 */
export const withoutHclComments = (text: string): string => text.replace(COMMENT, "$1");
