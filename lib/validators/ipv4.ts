import { isIPv4, isIPv6 } from "node:net";
import type { Validator } from "../terraform-plugin/schema";
import { didYouMean, notAnIpv4 } from "./errors";

/** One IPv4 address in dotted decimal notation: no range, no name, no port. */
export const ipv4: Validator<string> = {
  describes: "one IPv4 address",
  check(value) {
    if (isIPv4(value)) return undefined;
    const trimmed = value.trim();
    if (isIPv4(trimmed)) return notAnIpv4(value, "surrounded by spaces", didYouMean(trimmed));

    const [address = "", prefix] = trimmed.split("/");
    if (prefix !== undefined && /^\d+$/.test(prefix) && (isIPv4(address) || isIPv6(address))) {
      return notAnIpv4(
        value,
        "a network",
        isIPv4(address) && prefix === "32"
          ? didYouMean(address)
          : "Name one address; declare one flow for each server.",
      );
    }
    if (isIPv6(trimmed)) {
      const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(trimmed)?.[1];
      return notAnIpv4(
        value,
        "an IPv6 address",
        mapped ? didYouMean(mapped) : "Only IPv4 is supported here; use the server's IPv4 address.",
      );
    }
    const authority = /^(?:[a-z][a-z0-9+.-]*:\/\/)?(\d+\.\d+\.\d+\.\d+)(?::\d+)?\/?$/i.exec(trimmed)?.[1];
    if (authority && authority !== trimmed && isIPv4(authority)) {
      return notAnIpv4(value, "more than an address", didYouMean(authority));
    }
    if (/^[\d.]+$/.test(trimmed)) return notAnIpv4(value, ...brokenQuad(trimmed));
    if (/[a-z]/i.test(trimmed)) {
      return notAnIpv4(
        value,
        "a name",
        "Names are not resolved here; write the IPv4 address that the name stands for.",
      );
    }
    return notAnIpv4(value, "something else", 'Write four numbers separated by dots, for example "203.0.113.25".');
  },
};

function brokenQuad(text: string): [what: string, fix: string] {
  const parts = text.split(".");
  const short = parts.map((part) => part.replace(/^0+(?=\d)/, "")).join(".");
  if (isIPv4(short)) return ["written with leading zeros", didYouMean(short)];
  const tooLarge = parts.find((part) => Number(part) > 255);
  if (parts.length === 4 && tooLarge) return ["out of range", `${tooLarge} is larger than 255.`];
  return ["incomplete or too long", `It has ${parts.length} parts where an address has 4.`];
}
