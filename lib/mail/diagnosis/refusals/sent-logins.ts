/** The lines of a transcript with the client's login, so that it is not shown again. @see RFC 4954, RFC 4616 */

const CLIENT = String.raw`^[ \t]*(?:(?:(?:C|CLIENT(?: ?-> ?SERVER)?)\s*:|>>>?|->|~>|>)[ \t]*)?(?:CLIENT -> SERVER:[ \t]*)?`;
const INITIAL = new RegExp(String.raw`${CLIENT}AUTH\s+[A-Z0-9-]+\s+([A-Za-z0-9+/=]{4,})[ \t]*$`, "i");
const ANSWER = new RegExp(String.raw`${CLIENT}([A-Za-z0-9+/=]{4,})[ \t]*$`, "i");
const CHALLENGE = /(?:^|[\s:<>-])334(?:[ -]|$)/;

/** The words that contain a login, as written and decoded; user names included. */
export function sentLogins(text: string): readonly string[] {
  let challenged = false;
  const found = text.split(/\r\n?|\n/).flatMap((line) => {
    const word = INITIAL.exec(line)?.[1] ?? (challenged ? ANSWER.exec(line)?.[1] : undefined);
    challenged = CHALLENGE.test(line);
    return word === undefined ? [] : [word, ...decoded(word)];
  });
  return [...new Set(found)];
}

function decoded(word: string): readonly string[] {
  const text = Buffer.from(word, "base64").toString("utf8");
  // PLAIN: identity, user and password. XOAUTH2: "user=…", "auth=Bearer …".
  const parts = text.split(/[\0\x01]/).map((part) => part.replace(/^auth=bearer\s+/i, ""));
  const printable = parts.filter((part) => part !== "" && !/[\x00-\x1f\ufffd]/.test(part) && !part.startsWith("user="));
  // The first of several is the user name, which is no secret and part of many replies.
  return printable.length > 1 ? printable.slice(-1) : printable;
}
