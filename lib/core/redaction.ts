import { withoutRemnants } from "./cut-remnants";
import { findSecrets, SHORT_NUMBER, sought, soughtAsWritten, type Sought } from "./secret-search";
import { lowerCase } from "./spelling";

/** Replaces a secret in a text. */
export const MASK = "(redacted)";

/** A shorter secret is masked only where it stands as a word of its own; whoever guesses finds it anyway. */
const SHORTEST_SECRET = 4;

/** A single letter is never masked: it stands in every sentence, and the rest of the sentence would reveal it. */
const SHORTEST_MASKED = 2;

/** Limits of the memory of redacted texts: small, since a process may run for long. */
const MOST_REMEMBERED = 2_000;
const LONGEST_REMEMBERED = 500;

/** Words that systems and protocols use themselves: masking them would reveal them, and spoil every line that has them. */
const COMMON_WORDS: ReadonlySet<string> = new Set(
  (
    "true false null none unset enabled disabled default custom automatic optional required " +
    "redacted basic bearer plain login starttls smtp smtps imap imaps http https"
  ).split(" "),
);

/**
 * Replaces secrets in text. Every writer (log, diagnostic, report) passes its lines through one; whoever learns a secret
 * registers it with {@link add}.
 */
export class Redactor {
  private readonly secrets = new Map<string, Sought>();
  /** What texts have become: reports say the same of many objects. */
  private readonly redacted = new Map<string, string>();

  /** Masks `secret` from now on, however it is spelled: see {@link findSecrets}. */
  add(secret: string | null | undefined): void {
    if (typeof secret !== "string" || this.secrets.has(secret)) return;
    if (secret.length < SHORTEST_MASKED || COMMON_WORDS.has(secret.toLowerCase())) return;
    this.keep(secret, sought(secret));
    // Some letters differ in capitals: ß becomes SS, and lower case does not bring it back.
    const capitals = secret.toUpperCase();
    if (lowerCase(capitals) !== lowerCase(secret)) this.keep(capitals, sought(capitals));
  }

  /** Masks one of several values that are marked sensitive as a whole, where ports and switches stand beside secrets. */
  addOneOf(value: string | null | undefined): void {
    if (typeof value === "string" && canBeKeptSecret(value)) this.add(value);
  }

  /** AUTH PLAIN sends user and password in one base64 word, XOAUTH2 does the same with a token. */
  addCredentials(user: string, password: string): void {
    this.add(password);
    if (password === "") return;
    for (const sent of [
      `\0${user}\0${password}`,
      `${user}:${password}`,
      `user=${user}\x01auth=Bearer ${password}\x01\x01`,
    ]) {
      const word = Buffer.from(sent).toString("base64");
      this.keep(word, soughtAsWritten(word));
    }
  }

  /** Whether the text holds a registered secret. */
  isIn(text: string): boolean {
    return this.secrets.size > 0 && findSecrets(text, this.secrets.values()).length > 0;
  }

  /** The length of the longest registered secret, in characters. */
  get longest(): number {
    return Math.max(0, ...[...this.secrets.keys()].map(({ length }) => length));
  }

  /** Masks everything that another redactor masks, too. */
  include(other: Redactor): void {
    for (const [secret, ready] of other.secrets) this.keep(secret, ready);
  }

  /**
   * Masks secrets. Call it before a text is cut and again afterwards: the beginning of a secret in front of an ellipsis is
   * masked or removed, and so is its end behind one.
   */
  redact(text: string): string {
    const known = this.redacted.get(text);
    if (known !== undefined) return known;
    const made = WELL_KNOWN.reduce(
      (line, [pattern, replacement]) => line.replace(pattern, replacement),
      this.masked(text),
    );
    if (text.length > LONGEST_REMEMBERED) return made;
    if (this.redacted.size >= MOST_REMEMBERED) this.redacted.clear();
    this.redacted.set(text, made);
    return made;
  }

  private keep(secret: string, ready: Sought): void {
    this.secrets.set(secret, ready);
    this.redacted.clear();
  }

  private masked(text: string): string {
    if (this.secrets.size === 0) return text;
    let made = "";
    let done = 0;
    for (const [start, end] of findSecrets(text, this.secrets.values())) {
      made += `${text.slice(done, start)}${MASK}`;
      done = end;
    }
    return withoutRemnants(made + text.slice(done), [...this.secrets.values()], MASK);
  }
}

/**
 * Whether a secret can be distinguished from other text. A text of fewer than four characters, a number of up to five digits
 * or a word that systems use themselves cannot reliably be kept out of messages, and is quickly guessed.
 */
export function canBeKeptSecret(secret: string): boolean {
  return secret.length >= SHORTEST_SECRET && !SHORT_NUMBER.test(secret) && !COMMON_WORDS.has(secret.toLowerCase());
}

/** Patterns that are secret whoever wrote them. */
const WELL_KNOWN: readonly (readonly [RegExp, string])[] = [
  [/\b(authorization"?\s*[:=]\s*"?)(\w+\s+)?[^\s",]+/gi, `$1$2${MASK}`],
  [/\b(x-ovh-(?:application|consumer|signature)"?\s*[:=]\s*"?)[^\s",]+/gi, `$1${MASK}`],
  // At least eight characters: `AUTH PLAIN LOGIN` is the server's offer, not the client's login.
  [/\b(AUTH (?:PLAIN|XOAUTH2) )[A-Za-z0-9+/=_-]{8,}/g, `$1${MASK}`],
  [/\b(client_secret=)[^&\s]+/g, `$1${MASK}`],
  // Up to the last @: the password may contain one.
  [/(:\/\/[^/\s:@]+:)[^\s/]+(@)/g, `$1${MASK}$2`],
];
