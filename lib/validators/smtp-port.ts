import { approximately, type AnyNumber } from "../terraform-plugin/numbers";
import type { Validator } from "../terraform-plugin/schema";
import { notOneOf } from "./errors";
import { oneOf } from "./one-of";

/**
 * The ports of mail servers: 25 (relay), 465 (implicit TLS), 587 (submission, STARTTLS), 2525 (587 where that is blocked).
 */
const SMTP_PORTS = [25, 465, 587, 2525] as const;
/** The suggestion for a mistyped port; OVHcloud recommends it. */
const USUAL = 587;

/** One of {@link SMTP_PORTS}. The suggestion is not the nearest number: nobody who writes 80 means 25. */
export const smtpPort: Validator<AnyNumber> = {
  describes: oneOf(SMTP_PORTS).describes,
  check(value) {
    if ((SMTP_PORTS as readonly unknown[]).includes(value)) return undefined;
    return notOneOf(value, SMTP_PORTS.map(String), String(suggestionFor(approximately(value))));
  },
};

/** The port whose digits were swapped, else the usual one. It never suggests 25. */
function suggestionFor(value: number): number {
  const text = String(value);
  const sorted = (digits: string) => [...digits].sort().join("");
  return SMTP_PORTS.find((port) => sorted(String(port)) === sorted(text) && port !== 25) ?? USUAL;
}
