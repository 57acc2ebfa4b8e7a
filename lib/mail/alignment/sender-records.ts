import { createHash } from "node:crypto";
import { printable } from "../../core/printable";
import { keyName } from "./dkim-key";
import { NoAnswer, type Questions } from "./questions";

/** A record by which receivers judge a sender. */
export interface PublishedRecord {
  readonly kind: "SPF" | "DMARC" | "DKIM key";
  /** "mail._domainkey.example.com" */
  readonly name: string;
  /** Null: there is none. For a key, its digest. */
  readonly value: string | null;
  /** Why it is not known; then `value` has no meaning. */
  readonly unknown?: string;
}

/** Longer texts are represented by their digests. */
const SHOWN = 300;

/**
 * The current SPF, DMARC and DKIM records of these selectors, to be compared with earlier ones. A key is represented by
 * its digest: nobody reads it, and only a change matters.
 */
export async function publishedRecords(
  domain: string,
  selectors: readonly string[],
  questions: Questions,
): Promise<readonly PublishedRecord[]> {
  const dmarc = `_dmarc.${domain}`;
  return Promise.all([
    record("SPF", domain, (text) => /^v=spf1(\s|$)/i.test(text), shown, questions),
    record("DMARC", dmarc, (text) => /^v=dmarc1\b/i.test(text), shown, questions),
    ...selectors.map((selector) => record("DKIM key", keyName(selector, domain), () => true, digest, questions)),
  ]);
}

async function record(
  kind: PublishedRecord["kind"],
  name: string,
  meant: (text: string) => boolean,
  told: (text: string) => string,
  questions: Questions,
): Promise<PublishedRecord> {
  try {
    const texts = (await questions.texts(name)).filter(meant).sort();
    return { kind, name, value: texts.length === 0 ? null : told(texts.join("\n")) };
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error;
    return { kind, name, value: null, unknown: error.message };
  }
}

const shown = (text: string) => (text.length <= SHOWN ? printable(text, SHOWN) : digest(text));

const digest = (text: string) =>
  `sha256:${createHash("sha256").update(text.replace(/\s+/g, "")).digest("hex").slice(0, 16)}`;
