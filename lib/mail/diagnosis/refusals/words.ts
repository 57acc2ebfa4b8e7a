/** What a reply says, without what it says it about. */

/** Longer replies are cut: no refusal gives its reason after that. */
const LONGEST = 2_000;

/** Exchange's own names of errors look like host names, and are kept as words. */
const EXCHANGE_WORD =
  /^(?:resolver|storedrv|transport|smtpsend|routing|agent|queue|approval|mapiexception\w*|[\w:]*exception)\b/;

/** After a full stop without a space: the next sentence, not a top-level domain. */
const SENTENCE =
  /\.(?:please|for|see|if|the|this|your|you|try|contact|visit|learn|error|it|is|in|no|to|at|so|be|me|my|as|or|not|access|ip|message|more|and|an|a|we|all|user|sender|recipient|mail|email|server|authentication|check|too|are|i|on|of|by|use|only|stop|help|click|exception\w*|mapi\w*)$/;

/** Replaces a name. */
const NAME = " ~ ";

const QUOTED = /"[^"]{0,256}"|(?<![a-z0-9])'[^']{0,256}'(?![a-z0-9])|`[^`']{0,256}['`]/g;

/** The words of a reply, in lower case with single spaces; names, addresses, links and quoted arguments become `~`. */
export function wordsOf(text: string): string {
  const lower = text
    .slice(0, LONGEST)
    .toLowerCase()
    .replace(/[\u2018\u2019]/g, "'")
    .replace(/[\u201c\u201d]/g, '"');
  const unquoted = lower.replace(QUOTED, NAME);
  // When the whole reply is quoted, the quotes mean nothing.
  const rest = /[a-z]{3}/.test(unquoted.replace(/[~\W]/g, " ")) ? unquoted : lower;
  return rest
    .replace(/<(?!lf>|cr>|crlf>)[^<>\s]*>/g, NAME)
    .replace(/\b[a-z][a-z0-9+.-]{0,30}:\/\/\S+/g, NAME)
    .replace(/(?<!\S)\S+@\S+/g, NAME)
    .replace(/(?<![^\s[\]()])[^\s[\]()]+(?=\[[0-9a-f.:]+\])/g, NAME)
    .replace(/(?<![a-z0-9_-]|[a-z0-9_-]\.)(?:[a-z0-9_-]+\.)+[a-z][a-z0-9-]*[a-z0-9](?:\/\S*)?/g, hostOrWords)
    .replace(/\s+/g, " ")
    .trim();
}

function hostOrWords(name: string): string {
  if (EXCHANGE_WORD.test(name)) return name;
  const labels = name.split(".");
  if (labels.length === 2 && SENTENCE.test(name)) return name.replace(".", ". ");
  return NAME;
}
