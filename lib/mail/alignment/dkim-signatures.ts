import { printable } from "../reply";
import { dkimKey, MIN_RSA_BITS, type DkimKey } from "./dkim-key";
import { bodyOf, headerFields, headLength, MAX_HEAD, withFields } from "./header-fields";
import { domainOf } from "./organizational-domain";
import { NoAnswer, type Questions } from "./questions";
import { parseTagList } from "./tag-list";

/** Why a signature does not count. */
export type DkimFault =
  | "body-changed"
  | "bad-signature"
  | "key-missing"
  | "key-revoked"
  | "key-unusable"
  | "key-short"
  | "expired"
  | "body-partly-signed"
  | "from-not-signed"
  | "weak-algorithm"
  | "unreadable"
  | "no-answer";

/** What one DKIM-Signature is worth. */
export interface DkimSignature {
  readonly domain: string;
  readonly selector: string;
  /** "rsa-sha256" */
  readonly algorithm: string;
  /** Undefined: it verifies. */
  readonly fault?: DkimFault;
  /** More of it, in words. */
  readonly why?: string;
}

/** The message cannot be verified at all. */
export interface TooMuch {
  readonly tooMuch: string;
}

const MAX_SIGNATURES = 20;
/** A test mail has some thousand bytes. Beyond these, verifying could be made to take minutes. */
const MAX_MESSAGE = 2 * 1024 * 1024;
const MAX_HEAD_LINES = 5_000;
const MAX_SIGNED_FIELDS = 500;

/** All signatures of the message, topmost first. */
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
  const refused = new Map<string, Verdict>();
  for (const { raw, tags } of signatures) {
    const verdict = await beforehand(tags, message);
    if (verdict) refused.set(raw, verdict);
  }
  // mailauth sees what it can digest: dates beyond all calendars make it throw, lengths beyond the body make
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
type Verdict = Pick<DkimSignature, "fault" | "why">;

interface Said {
  readonly signature: string | undefined;
  readonly result: string;
  readonly comment: string;
}

async function evaluate(message: Buffer, now: number, questions: Questions): Promise<readonly Said[]> {
  const { dkimVerify } = await import("./evaluators");
  const options = { resolver: questions.resolve, curTime: new Date(now), minBitLength: MIN_RSA_BITS };
  const { results } = await dkimVerify(message, options);
  return results.map((result) => ({
    signature: (result as { signature?: string }).signature,
    result: result.status.result,
    comment: String(result.status.comment ?? ""),
  }));
}

const compact = (value: string | undefined) => value?.replace(/\s+/g, "");
const list = (value: string) => value.split(":").map((item) => item.trim().toLowerCase());

/** What can be said without hash and key; undefined when those have to tell. @see RFC 6376, sections 3.5 and 6.1.1 */
async function beforehand(tags: Tags, message: Buffer): Promise<Verdict | undefined> {
  const unreadable = (why: string): Verdict => ({ fault: "unreadable", why });
  const missing = ["v", "a", "b", "bh", "d", "h", "s"].find((name) => !tags.get(name));
  if (missing !== undefined) return unreadable(`it has no ${missing}=`);
  if (tags.get("v") !== "1") return unreadable("it does not say v=1");
  const algorithm = tags.get("a")!.toLowerCase();
  if (algorithm === "rsa-sha1") return { fault: "weak-algorithm", why: "it uses rsa-sha1" };
  if (!["rsa-sha256", "ed25519-sha256"].includes(algorithm)) return unreadable("its a= is no known algorithm");
  if (!/^(?:simple|relaxed)(?:\/(?:simple|relaxed))?$/i.test(tags.get("c") ?? "simple")) {
    return unreadable("its c= is no known canonicalization");
  }
  const number = ["t", "x", "l"].find((name) => !/^\d{1,12}$/.test(tags.get(name) ?? "0"));
  if (number !== undefined) return unreadable(`its ${number}= is not a number`);
  const domain = domainOf(tags.get("d")!);
  const identity = domainOf(tags.get("i") ?? domain);
  if (identity !== domain && !identity.endsWith(`.${domain}`)) return unreadable("its i= does not belong to its d=");
  const signed = list(tags.get("h")!);
  if (signed.length > MAX_SIGNED_FIELDS) return unreadable(`its h= names ${signed.length} fields`);
  if (!signed.includes("from")) return { fault: "from-not-signed", why: "its h= leaves From out" };
  return tags.has("l") ? ofLength(Number(tags.get("l")), tags.get("c"), message) : undefined;
}

/** Of a body signed up to `l=`: what stands behind could have been written by anybody. */
async function ofLength(signed: number, canonicalization: string | undefined, message: Buffer) {
  const { dkimBody } = await import("./evaluators");
  const hash = dkimBody(canonicalization?.split("/")[1]?.toLowerCase() ?? "simple", "sha256");
  hash.update(Buffer.from(bodyOf(message).toString("latin1").replace(/\r?\n/g, "\r\n"), "latin1"));
  hash.digest("base64");
  const length = hash.bodyHashedBytes;
  if (signed < length) {
    return {
      fault: "body-partly-signed",
      why: `l=${signed} leaves ${length - signed} of ${length} bytes unsigned`,
    } as const;
  }
  if (signed > length) return { fault: "body-changed", why: `l=${signed}, and the body has ${length} bytes` } as const;
  return undefined;
}

/** From mailauth's words, and from the key where they tell too little of it. */
async function afterwards(tags: Tags, said: Said | undefined, questions: Questions): Promise<Verdict> {
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

async function keyOf(tags: Tags, questions: Questions): Promise<Verdict> {
  try {
    return ofKey(await dkimKey(tags.get("s")!, domainOf(tags.get("d")!), questions));
  } catch (error) {
    if (error instanceof NoAnswer) return { fault: "no-answer", why: error.message };
    throw error;
  }
}

function ofKey(key: DkimKey): Verdict {
  switch (key.state) {
    case "missing":
      return { fault: "key-missing", why: "no key is published" };
    case "revoked":
      return { fault: "key-revoked", why: "the key is revoked (p= is empty)" };
    case "short":
      return { fault: "key-short", why: `the key has ${key.bits} bits` };
    case "malformed":
      return { fault: "key-unusable", why: `the key record: ${key.why}` };
    // A verifier takes one of them, and its signature may well match.
    case "several":
    case "usable":
      return {};
  }
}
