import type { Redactor } from "../core/redaction";
import { isLoopback } from "../http";

/** A segment of a path that looks like a key, a token, or the number of a team or channel. */
const KEY = /^(?=.*\d).{6,}$|^.{20,}$/;

/** Why a value is not a usable URL, without showing it; undefined for a usable one. */
export function whyUnusable(value: string): string | undefined {
  if (/\s/.test(value)) return "a value with blanks or line breaks in it";
  if (!URL.canParse(value)) return "a value that is no URL";
  const { protocol, hostname, username, password } = new URL(value);
  if (protocol !== "https:" && protocol !== "http:") return "a URL that is neither http nor https";
  if (username !== "" || password !== "") return "a URL with a user name or a password in it";
  if (protocol === "http:" && !isLoopback(hostname)) return "a URL with http, which sends its secret in the clear";
  return undefined;
}

/** Masks a URL from now on: the whole, and the parts that are secret by themselves, in every encoding. */
export function addSecretUrl(redactor: Redactor, url: string): void {
  const { href, origin, pathname, search, searchParams } = new URL(url);
  for (const whole of [url, href]) redactor.add(whole);
  // A path of one common word is not secret: it occurs in other texts.
  if (pathname.length > 1) redactor.add(origin + pathname);
  if (search !== "") redactor.add(pathname + search);
  for (const one of [...pathname.split("/"), ...searchParams.values()]) if (KEY.test(one)) redactor.add(one);
}
