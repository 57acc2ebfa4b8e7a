import { createPublicKey, type KeyObject } from "node:crypto";
import { printable } from "../../core/printable";
import { MAX_TEXT, type Questions } from "./questions";
import { parseTagList } from "./tag-list";

/** What is published under a selector. */
export type DkimKey =
  | { readonly state: "usable"; readonly type: "rsa" | "ed25519"; readonly bits: number; readonly testing: boolean }
  | { readonly state: "missing" }
  | { readonly state: "revoked" }
  | { readonly state: "several" }
  | { readonly state: "short"; readonly bits: number }
  | { readonly state: "malformed"; readonly why: string };

/** @see RFC 8301, section 3.2 */
export const MIN_RSA_BITS = 1_024;
export const GOOD_RSA_BITS = 2_048;

export const keyName = (selector: string, domain: string) => `${selector}._domainkey.${domain}`;

/** Rejects with `NoAnswer`. @see RFC 6376, section 3.6.1 */
export async function dkimKey(selector: string, domain: string, questions: Questions): Promise<DkimKey> {
  const texts = await questions.texts(keyName(selector, domain));
  if (texts.length === 0) return { state: "missing" };
  // With several records it is undefined which one a verifier uses.
  if (texts.length > 1) return { state: "several" };
  return parseDkimKey(texts[0]!);
}

function parseDkimKey(text: string): DkimKey {
  if (text.length > MAX_TEXT) return { state: "malformed", why: `the record has ${text.length} characters` };
  const { tags, order, errors } = parseTagList(text);
  const malformed = (why: string): DkimKey => ({ state: "malformed", why: printable(why, 120) });
  const version = tags.get("v");
  if (version !== undefined && (version !== "DKIM1" || order[0] !== "v"))
    return malformed("it must begin with v=DKIM1");
  const data = tags.get("p")?.replace(/\s+/g, "");
  if (data === undefined) return malformed(errors[0] ?? "it has no p=");
  if (data === "") return { state: "revoked" };
  if (errors.length > 0) return malformed(errors[0]!);
  const type = tags.get("k") ?? "rsa";
  if (type !== "rsa" && type !== "ed25519") return malformed(`k=${type} is no known type of key`);
  const services = list(tags.get("s"));
  if (services && !services.includes("*") && !services.includes("email")) return malformed("s= leaves e-mail out");
  const hashes = list(tags.get("h"));
  if (hashes && !hashes.includes("sha256")) return malformed("h= leaves sha256 out");
  if (!/^[A-Za-z0-9+/]+=*$/.test(data)) return malformed("p= is not Base64");
  const key = publicKey(type, Buffer.from(data, "base64"));
  if (key?.asymmetricKeyType !== type) return malformed(`p= holds no ${type} key`);
  const bits = type === "rsa" ? (key.asymmetricKeyDetails?.modulusLength ?? 0) : 256;
  if (type === "rsa" && bits < MIN_RSA_BITS) return { state: "short", bits };
  return { state: "usable", type, bits, testing: list(tags.get("t"))?.includes("y") ?? false };
}

/** DER prefix of an Ed25519 key (RFC 8410); DKIM publishes the bare 32 octets (RFC 8463). */
const ED25519_PREFIX = Buffer.from("302a300506032b6570032100", "hex");

function publicKey(type: "rsa" | "ed25519", data: Buffer): KeyObject | undefined {
  const der = type === "ed25519" && data.length === 32 ? Buffer.concat([ED25519_PREFIX, data]) : data;
  for (const encoding of ["spki", "pkcs1"] as const) {
    try {
      return createPublicKey({ key: der, format: "der", type: encoding });
    } catch {
      // RFC 6376 has one form in its example and describes the other; both are in use.
    }
  }
  return undefined;
}

function list(value: string | undefined): readonly string[] | undefined {
  return value?.split(":").map((item) => item.trim().toLowerCase());
}
