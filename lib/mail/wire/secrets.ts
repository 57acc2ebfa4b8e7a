import { createHmac } from "node:crypto";

/** Shorter ones would hide half of every line, and protect nothing. */
const SHORTEST = 4;
/** So much of what a login sent, said back in one piece, is taken for the login itself. */
const FRAGMENT = 12;
/** A server may ask again and again; only the answers to the last challenges can still be repeated. */
const MOST_DIGESTS = 16;

const HIDDEN = "(redacted)";

/**
 * Finds a login in what a server says, however it is written there: plain, in base64 at any offset, hexadecimal,
 * percent- or backslash-encoded, spaced out, or as part of what was sent. Never tells what it knows.
 */
export class WireSecrets {
  readonly #plain = new Set<string>();
  readonly #fragments = new Set<string>();
  readonly #digests: string[] = [];
  readonly #passwords = new Set<string>();

  learn({ username, password }: { readonly username: string; readonly password: string }): void {
    if (password.length < SHORTEST) return;
    this.#passwords.add(password);
    this.#plain.add(bytesOf(password)).add(compact(bytesOf(password)));
    const before = Buffer.byteLength(`\0${username}\0`);
    this.learnFragments(base64(`\0${username}\0${password}`), Math.floor(before / 3) * 4);
    this.learnFragments(base64(password), 0);
    const bearer = `user=${username}\x01auth=Bearer `;
    this.learnFragments(base64(`${bearer}${password}\x01\x01`), Math.floor(Buffer.byteLength(bearer) / 3) * 4);
  }

  /** The answer to this challenge is secret too: passwords are guessed from it offline. @see RFC 2195 */
  learnChallenge(challenge: string): void {
    if (challenge === "") return;
    for (const password of this.#passwords) {
      const digest = createHmac("md5", password).update(Buffer.from(challenge, "base64")).digest("hex");
      this.#digests.push(digest);
      if (this.#digests.length > MOST_DIGESTS) this.#digests.shift();
    }
  }

  /** So much of the lines before has to be kept to find what is split over several. */
  get window(): number {
    return Math.max(0, ...[...this.#passwords].map((password) => Math.max(256, 4 * Buffer.byteLength(password))));
  }

  /** The text without them. Where they cannot be cut out, nothing of the text is left. */
  clean(text: string): string {
    if (!this.isIn(text)) return text;
    let cut = text;
    for (const password of this.#passwords) cut = cut.replaceAll(password, HIDDEN);
    cut = cut.replace(WORDS, (word) => (this.isIn(word) ? HIDDEN : word));
    return this.isIn(cut) ? hidden(text) : cut;
  }

  isIn(text: string): boolean {
    return this.#passwords.size > 0 && this.found(bytesOf(text), 2);
  }

  private found(text: string, depth: number): boolean {
    const tight = compact(text);
    if (this.holds(text) || this.holds(tight)) return true;
    return depth > 0 && decoded(text, tight).some((inside) => this.found(inside, depth - 1));
  }

  private holds(text: string): boolean {
    const folded = text.toLowerCase();
    for (const secret of this.#plain) if (folded.includes(secret.toLowerCase())) return true;
    for (const digest of this.#digests) if (folded.includes(digest)) return true;
    for (let at = 0; at + FRAGMENT <= text.length && this.#fragments.size > 0; at++) {
      if (this.#fragments.has(text.slice(at, at + FRAGMENT))) return true;
    }
    return false;
  }

  private learnFragments(word: string, from: number): void {
    for (let at = from; at + FRAGMENT <= word.length; at++) this.#fragments.add(word.slice(at, at + FRAGMENT));
  }
}

/** In place of a text that could not be kept. */
export const hidden = (text: string) => `(redacted: it repeats the login, ${Buffer.byteLength(text)} bytes)`;

/** What may be a secret by itself, so that the rest of the line can be read. */
const WORDS = /[^\s<>(),;"']+/g;

const base64 = (text: string) => Buffer.from(text).toString("base64");

/** One character a byte: secrets are compared as what went over the wire. */
const bytesOf = (text: string) => Buffer.from(text).toString("latin1");

const compact = (text: string) => text.replace(/[\x00-\x20\x7f]+/g, "");

/** Everything that the text, or a word of it, may stand for. */
function decoded(text: string, tight: string): string[] {
  const found: string[] = [];
  const escaped = text.replace(/(?:[%=+]|\\x|\\u00|&#x)([0-9a-f]{2});?/gi, (_, byte: string) => byteOf(byte));
  if (escaped !== text) found.push(escaped);
  for (const candidate of text === tight ? [text] : [text, tight]) {
    for (const [word] of candidate.matchAll(/[A-Za-z0-9+/_-]{6,}/g)) {
      for (let offset = 0; offset < 4; offset++) {
        found.push(Buffer.from(word.slice(offset), "base64").toString("latin1"));
      }
    }
  }
  for (const [word] of tight.matchAll(/[0-9a-f]{2}(?:[:.-]?[0-9a-f]{2}){3,}/gi)) {
    const digits = word.replace(/[:.-]/g, "");
    found.push(Buffer.from(digits, "hex").toString("latin1"), Buffer.from(digits.slice(1), "hex").toString("latin1"));
  }
  return found;
}

const byteOf = (hex: string) => String.fromCharCode(Number.parseInt(hex, 16));
