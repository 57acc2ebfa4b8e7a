import type { Redactor } from "../core/redaction";
import { isLoopback } from "../http";

/** What is left of a path when its words are taken away: keys, tokens, numbers of teams and channels. */
const KEY = /^(?=.*\d).{6,}$|^.{20,}$/;

/** Why a value cannot be called, in words that do not show it; undefined for one that can. */
export function whyUnusable(value: string): string | undefined {
  if (/\s/.test(value)) return "a value with blanks or line breaks in it";
  if (!URL.canParse(value)) return "a value that is no URL";
  const { protocol, hostname, username, password } = new URL(value);
  if (protocol !== "https:" && protocol !== "http:") return "a URL that is neither http nor https";
  if (username !== "" || password !== "") return "a URL with a user name or a password in it";
  if (protocol === "http:" && !isLoopback(hostname)) return "a URL with http, which sends its secret in the clear";
  return undefined;
}

/** Masks it from now on, in whole and in the parts that are secret by themselves, however they are written. */
export function addSecretUrl(redactor: Redactor, url: string): void {
  const { href, origin, pathname, search, searchParams } = new URL(url);
  for (const whole of [url, href]) redactor.add(whole);
  // A path of one common word is none: it stands in other texts.
  if (pathname.length > 1) redactor.add(origin + pathname);
  if (search !== "") redactor.add(pathname + search);
  for (const one of [...pathname.split("/"), ...searchParams.values()]) if (KEY.test(one)) redactor.add(one);
}

/** For one HTTP client a URL: its place, and what is asked there. */
export function placeAndPath(url: string): { readonly origin: string; readonly path: string } {
  const { origin, pathname, search } = new URL(url);
  return { origin, path: pathname + search };
}
