import { isIP, isIPv4 } from "node:net";
import { domainToASCII } from "node:url";
import type { Validator } from "../terraform-plugin/schema";
import { badHostName, didYouMean } from "./errors";

// Underscores are not part of RFC 1123 names, but resolvers and container networks accept them.
export const LABEL = /^[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?$/i;

/** Whether DNS can carry a name (RFC 1123, underscores tolerated), final dot allowed. */
export function isDnsName(name: string): boolean {
  const labels = name.replace(/\.$/, "").split(".");
  // A name whose last label is a number would be read as a broken IPv4 address (WHATWG URL does the same).
  return name.length <= 254 && labels.every((label) => LABEL.test(label)) && !/^\d+$/.test(labels.at(-1)!);
}

/** A host name or an IP address (v4 or v6), without scheme and port. */
export const hostName: Validator<string> = {
  describes: "a host name or an IP address",
  check(value) {
    if (isIP(value) !== 0 || isDnsName(value)) return undefined;
    const inside = authorityOf(value.trim());
    if (inside !== value && (isIP(inside) !== 0 || isDnsName(inside))) {
      return badHostName(value, "is more than a host name", didYouMean(inside));
    }
    if (/^[\d.]+$/.test(value) && !isIPv4(value)) {
      return badHostName(value, "is not a valid IPv4 address", "An IPv4 address has four numbers from 0 to 255.");
    }

    if (/[^\x00-\x7f]/.test(value)) {
      const ascii = domainToASCII(value);
      return badHostName(
        value,
        "has characters outside ASCII",
        ascii && isDnsName(ascii) ? didYouMean(ascii) : "Write the name in its ASCII (punycode) form.",
      );
    }
    return badHostName(
      value,
      "is not a host name",
      "Use letters, digits and hyphens, in parts separated by single dots; no part is longer than 63 characters.",
    );
  },
};

/** Extracts the host and port of a text such as `smtp://user@host:587/` or `[2001:db8::1]:587`. */
function authorityOf(text: string): string {
  const authority = text.replace(/^[a-z][a-z0-9+.-]*:\/\//i, "").split(/[/?#]/, 1)[0]!;
  const host = authority.slice(authority.lastIndexOf("@") + 1);
  return /^\[([^\]]+)\](?::\d+)?$/.exec(host)?.[1] ?? host.replace(/:\d+$/, "");
}
