import { isIPv4, isIPv6 } from "node:net";
import { domainToASCII } from "node:url";
import { domainPart, localPart } from "../core/mail-address";
import { withoutTrailing } from "../core/trailing";
import type { Validator, ValueProblem } from "../terraform-plugin/schema";
import { badEmailAddress, didYouMean } from "./errors";
import { isDnsName } from "./host-name";

const DOT_ATOM = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/i;
const QUOTED = /^"(?:[\x20\x21\x23-\x5b\x5d-\x7e]|\\[\x20-\x7e])*"$/;

/**
 * One mailbox address (RFC 5321 `local@domain`), without display name. Line breaks are refused
 * first: they would end the SMTP command or the header the address is written into.
 */
export const emailAddress: Validator<string> = {
  describes: "one e-mail address",
  check(value) {
    if (/[\r\n]/.test(value)) {
      return badEmailAddress(value, "contains a line break", "Remove it; an address is one line.");
    }

    if (/[\x00-\x1f\x7f]/.test(value)) {
      return badEmailAddress(value, "contains a control character", "Remove it.");
    }
    return isMailbox(value) ? undefined : (suggest(value) ?? diagnose(value));
  },
};

function isMailbox(text: string): boolean {
  const local = localPart(text);
  return (
    local !== "" &&
    local.length <= 64 &&
    text.length <= 254 &&
    (DOT_ATOM.test(local) || QUOTED.test(local)) &&
    isMailDomain(domainPart(text))
  );
}

function isMailDomain(domain: string): boolean {
  const literal = /^\[(?:ipv6:)?(.+)\]$/i.exec(domain)?.[1];
  if (literal !== undefined) return isIPv4(literal) || isIPv6(literal);
  return isDnsName(domain) && !domain.endsWith(".");
}

function suggest(value: string): ValueProblem | undefined {
  const bracketed = /<\s*([^<>\s]+)\s*>\s*$/.exec(value)?.[1];
  if (bracketed && isMailbox(bracketed)) {
    return badEmailAddress(value, "has a display name", didYouMean(bracketed));
  }
  const parts = value.split(/[,;]\s*|\s+/).filter((part) => part !== "");
  if (parts.length > 1 && parts.every(isMailbox)) {
    return badEmailAddress(
      value,
      `holds ${parts.length} addresses`,
      `Write them as separate values: ${parts.map((part) => JSON.stringify(part)).join(", ")}.`,
    );
  }
  const tidied = withoutTrailing(value.trim().replace(/^mailto:/i, ""), ".,;");
  if (tidied !== value && isMailbox(tidied)) {
    return badEmailAddress(value, "has something around it", didYouMean(tidied));
  }
  return undefined;
}

function diagnose(value: string): ValueProblem {
  const [local, domain] = [localPart(value), domainPart(value)];
  if (!value.includes("@") || domain === "") {
    return badEmailAddress(value, "has no domain", 'Add the domain after an "@".');
  }
  if (local === "") return badEmailAddress(value, "has nothing before the @", "Add the mailbox's name.");
  if (!isMailDomain(domain)) {
    const ascii = /[^\x20-\x7e]/.test(domain) ? domainToASCII(domain) : "";
    return badEmailAddress(
      value,
      "has a domain that is not a host name",
      ascii && isMailbox(`${local}@${ascii}`)
        ? didYouMean(`${local}@${ascii}`)
        : "Correct what stands after the last @.",
    );
  }
  if (local.length > 64 || value.length > 254) {
    return badEmailAddress(value, "is too long", "At most 64 characters before the @ and 254 in all (RFC 5321).");
  }
  return badEmailAddress(value, "has characters that SMTP does not allow before the @", "Correct them, or quote them.");
}
