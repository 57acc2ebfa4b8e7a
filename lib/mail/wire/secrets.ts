import { createHmac } from "node:crypto";
import { Redactor } from "../../core/redaction";

/** A server may ask again and again; only the answers to the last challenges can still be repeated. */
const MOST_DIGESTS = 16;
/** Of the lines before, for a secret that is split over several. */
const SMALLEST_WINDOW = 256;

export interface WireLogin {
  readonly username: string;
  readonly password: string;
}

/** What the logins of a run put on the wire, and what may not be seen of it there. Never tells what it knows. */
export class WireSecrets {
  readonly #logins = new Redactor();
  readonly #passwords = new Set<string>();
  #digests = new Redactor();
  #recent: readonly string[] = [];

  learn({ username, password }: WireLogin): void {
    if (password === "") return;
    this.#passwords.add(password);
    this.#logins.addCredentials(username, password);
  }

  /** The answer to this challenge is secret too: passwords are guessed from it offline. @see RFC 2195 */
  learnChallenge(challenge: string): void {
    if (challenge === "" || this.#passwords.size === 0) return;
    const answers = [...this.#passwords].map((password) =>
      createHmac("md5", password).update(Buffer.from(challenge, "base64")).digest("hex"),
    );
    this.#recent = [...this.#recent, ...answers].slice(-MOST_DIGESTS);
    this.#digests = new Redactor();
    for (const digest of this.#recent) this.#digests.add(digest);
  }

  /** So much of the lines before has to be kept to find what is split over several. */
  get window(): number {
    return this.#passwords.size === 0 ? 0 : Math.max(SMALLEST_WINDOW, 4 * this.#logins.longest);
  }

  /** The text without them, however they are written there. */
  clean(text: string): string {
    return this.#passwords.size === 0 ? text : this.#digests.redact(this.#logins.redact(text));
  }

  isIn(text: string): boolean {
    return this.#logins.isIn(text) || this.#digests.isIn(text);
  }
}
