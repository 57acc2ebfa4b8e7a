import type { dkimBody } from "mailauth/lib/dkim/body";
import type { SignatureVerdict } from "./dkim-signature";
import { bodyOf } from "./header-fields";
import { dnsDomainOf } from "./organizational-domain";
import type { TagList } from "./tag-list";

type Tags = TagList["tags"];

const MAX_SIGNED_FIELDS = 500;

const list = (value: string) => value.split(":").map((item) => item.trim().toLowerCase());

/**
 * Judges a signature as far as its form allows; undefined when only hash and key can decide. @see RFC 6376, sections
 * 3.5 and 6.1.1
 */
export async function beforehand(tags: Tags, lengthOf: BodyLength): Promise<SignatureVerdict | undefined> {
  const unreadable = (why: string): SignatureVerdict => ({ fault: "unreadable", why });
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
  const domain = dnsDomainOf(tags.get("d")!);
  const identity = dnsDomainOf(tags.get("i") ?? domain);
  if (identity !== domain && !identity.endsWith(`.${domain}`)) return unreadable("its i= does not belong to its d=");
  const signed = list(tags.get("h")!);
  if (signed.length > MAX_SIGNED_FIELDS) return unreadable(`its h= names ${signed.length} fields`);
  if (!signed.includes("from")) return { fault: "from-not-signed", why: "its h= leaves From out" };
  if (!tags.has("l")) return undefined;
  return ofLength(Number(tags.get("l")), await lengthOf(tags.get("c")?.split("/")[1]?.toLowerCase() ?? "simple"));
}

/** Judges a body that is signed up to `l=`: anybody may have appended the rest. */
function ofLength(signed: number, length: number): SignatureVerdict | undefined {
  if (signed < length) {
    return { fault: "body-partly-signed", why: `l=${signed} leaves ${length - signed} of ${length} bytes unsigned` };
  }
  if (signed > length) return { fault: "body-changed", why: `l=${signed}, and the body has ${length} bytes` };
  return undefined;
}

/** The length of the canonical body in octets. */
export type BodyLength = (canonicalization: string) => Promise<number>;

/** Computes each canonicalization once, for any number of signatures. */
export function bodyLengths(message: Buffer): BodyLength {
  const known = new Map<string, number>();
  return async (canonicalization) => {
    const { dkimBody } = await import("./evaluators");
    const length = known.get(canonicalization) ?? canonicalLength(dkimBody(canonicalization, "sha256"), message);
    known.set(canonicalization, length);
    return length;
  };
}

function canonicalLength(hash: ReturnType<typeof dkimBody>, message: Buffer): number {
  hash.update(Buffer.from(bodyOf(message).toString("latin1").replace(/\r?\n/g, "\r\n"), "latin1"));
  hash.digest("base64");
  return hash.bodyHashedBytes;
}
