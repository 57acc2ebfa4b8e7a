// A comment that does not end holds everything behind it, so that no part of the text is read twice.
const COMMENT = /\/\*[^]*?(?:\*\/|(?![^]))|(^|\s)(#|\/\/).*$/gm;

/** HCL without its comments. Good enough to look for blocks: what looks like a comment in a string is taken for one. */
export const withoutHclComments = (text: string): string => text.replace(COMMENT, "$1");
