import { printable } from "../../core/printable";
import { beforehand, bodyLengths } from "./dkim-form";
import { dkimKey, MIN_RSA_BITS, type DkimKey } from "./dkim-key";
import type { DkimSignature, SignatureVerdict } from "./dkim-signature";
import { headerFields, headLength, MAX_HEAD, withFields } from "./header-fields";
import { dnsDomainOf } from "./organizational-domain";
import { NoAnswer, type Questions } from "./questions";
import { parseTagList } from "./tag-list";

/** The message is too large to be verified. */
export interface TooMuch {
  readonly tooMuch: string;
}

const MAX_SIGNATURES = 20;
/** A test mail has some thousand bytes. Verifying a much larger one could take minutes. */
const MAX_MESSAGE = 1024 * 1024;
const MAX_HEAD_LINES = 5_000;

/** Verifies all signatures of the message, topmost first. */
export async function verifySignatures(
  message: Buffer,
  now: number,
  questions: Questions,
): Promise<readonly DkimSignature[] | TooMuch> {
  if (message.length > MAX_MESSAGE) return { tooMuch: `the message has ${message.length} bytes` };
  if (headLength(message) >= MAX_HEAD) return { tooMuch: `the head of the message has ${MAX_HEAD} bytes or more` };
  const fields = headerFields(message);
  const lines = fields.reduce((sum, { raw }) => sum + raw.split("\n").length - 1, 0);
  if (lines > MAX_HEAD_LINES) return { tooMuch: `the head of the message has ${lines} lines` };
  const written = fields.filter(({ name }) => name === "dkim-signature");
  if (written.length > MAX_SIGNATURES) return { tooMuch: `the message has ${written.length} signatures` };

  const signatures = written.map(({ raw, value }) => ({ raw, tags: parseTagList(value).tags }));
  const refused = new Map<string, SignatureVerdict>();
  const lengthOf = bodyLengths(message);
  for (const { raw, tags } of signatures) {
    const verdict = await beforehand(tags, lengthOf);
    if (verdict) refused.set(raw, verdict);
  }
  // mailauth gets only what it can process: dates beyond all calendars make it throw, lengths beyond the body make it
  // print, and the chains of other servers (ARC) do not matter here.
  // it print, and chains of others (ARC) are not our question.
  const digestible = withFields(message, ({ name, raw }) => !name.startsWith("arc-") && !refused.has(raw));
  const results = refused.size === written.length ? [] : await evaluate(digestible, now, questions);

  const judged: DkimSignature[] = [];
  for (const { raw, tags } of signatures) {
    const said = results.find(({ signature }) => signature === compact(tags.get("b")));
    const verdict = refused.get(raw) ?? (await afterwards(tags, said, questions));
    const text = (name: string) => printable(tags.get(name) ?? "", 100);
    judged.push({
      domain: text("d").toLowerCase(),
      selector: text("s"),
      algorithm: text("a").toLowerCase(),
      ...verdict,
    });
  }
  return judged;
}

type Tags = ReadonlyMap<string, string>;

interface Said {
  readonly signature: string | undefined;
  readonly result: string;
  readonly comment: string;
}

async function evaluate(message: Buffer, now: number, questions: Questions): Promise<readonly Said[]> {
  const { dkimVerify } = await import("./evaluators");
  const options = { resolver: questions.resolve, curTime: new Date(now), minBitLength: MIN_RSA_BITS };
  // Signatures that it cannot process are unreadable, which must not end the whole test.
  const verified = await dkimVerify(message, options).catch(() => undefined);
  return (verified?.results ?? []).map((result) => ({
    signature: (result as { signature?: string }).signature,
    result: result.status.result,
    comment: String(result.status.comment ?? ""),
  }));
}

const compact = (value: string | undefined) => value?.replace(/\s+/g, "");

/** Judges by mailauth's result, and by the key where that says too little of it. */
async function afterwards(tags: Tags, said: Said | undefined, questions: Questions): Promise<SignatureVerdict> {
  if (!said) return { fault: "unreadable", why: "its tags cannot be read" };
  if (said.comment === "body hash did not verify")
    return { fault: "body-changed", why: "the body hash does not match" };
  const key = await keyOf(tags, questions);
  if ("fault" in key) return key;
  if (said.result === "pass") return {};
  if (said.result === "temperror") return { fault: "no-answer", why: printable(said.comment, 120) };
  if (/expir/.test(said.comment)) return { fault: "expired", why: expiry(tags) };
  return { fault: "bad-signature", why: "the signature does not match head and key" };
}

function expiry(tags: Tags): string {
  const at = new Date(Number(tags.get("x")) * 1_000);
  return `it was valid until ${at.toISOString().slice(0, 16).replace("T", " ")} UTC`;
}

async function keyOf(tags: Tags, questions: Questions): Promise<SignatureVerdict> {
  try {
    return ofKey(await dkimKey(tags.get("s")!, dnsDomainOf(tags.get("d")!), questions));
  } catch (error) {
    if (error instanceof NoAnswer) return { fault: "no-answer", why: error.message };
    throw error;
  }
}

function ofKey(key: DkimKey): SignatureVerdict {
  switch (key.state) {
    case "missing":
      return { fault: "key-missing", why: "no key is published" };
    case "revoked":
      return { fault: "key-revoked", why: "the key is revoked (p= is empty)" };
    case "short":
      return { fault: "key-short", why: `the key has ${key.bits} bits` };
    case "malformed":
      return { fault: "key-unusable", why: `the key record: ${key.why}` };
    // A verifier uses one of them, and its signature may match.
    case "several":
    case "usable":
      return {};
  }
}
