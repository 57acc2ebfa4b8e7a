import { createHmac } from "node:crypto";
import { Redactor } from "../../core/redaction";

/** A server may send any number of challenges; only answers to the last ones are remembered. */
const MOST_DIGESTS = 16;
/** The least length of earlier text that is kept, for a secret that is split over several lines. */
const SMALLEST_WINDOW = 256;

export interface WireLogin {
  readonly username: string;
  readonly password: string;
}

/** What the logins of a run send, and what must not be shown of it. Never reveals what it knows. */
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

  /** Learns the answer to a challenge, which is secret too: passwords can be guessed from it offline. @see RFC 2195 */
  learnChallenge(challenge: string): void {
    if (challenge === "" || this.#passwords.size === 0) return;
    const answers = [...this.#passwords].map((password) =>
      createHmac("md5", password).update(Buffer.from(challenge, "base64")).digest("hex"),
    );
    this.#recent = [...this.#recent, ...answers].slice(-MOST_DIGESTS);
    this.#digests = new Redactor();
    for (const digest of this.#recent) this.#digests.add(digest);
  }

  /** The length of earlier text that has to be kept to find a secret that is split over several lines. */
  get window(): number {
    return this.#passwords.size === 0 ? 0 : Math.max(SMALLEST_WINDOW, 4 * this.#logins.longest);
  }

  /** The text without these secrets, in any encoding. */
  clean(text: string): string {
    return this.#passwords.size === 0 ? text : this.#digests.redact(this.#logins.redact(text));
  }

  isIn(text: string): boolean {
    return this.#logins.isIn(text) || this.#digests.isIn(text);
  }
}
