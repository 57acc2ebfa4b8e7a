import { approximately, type AnyNumber } from "../terraform-plugin/numbers";
import type { Validator } from "../terraform-plugin/schema";
import { notOneOf } from "./errors";
import { oneOf } from "./one-of";

/** Where mail servers listen: 25 (relay), 465 (implicit TLS), 587 (submission, STARTTLS), 2525 (587 where that is blocked). */
const SMTP_PORTS = [25, 465, 587, 2525] as const;
/** What a mistyped port is likely to have been, and what OVHcloud recommends. */
const USUAL = 587;

/** One of {@link SMTP_PORTS}. What is meant by another is not the nearest number: nobody means 25 by 80. */
export const smtpPort: Validator<AnyNumber> = {
  describes: oneOf(SMTP_PORTS).describes,
  check(value) {
    if ((SMTP_PORTS as readonly unknown[]).includes(value)) return undefined;
    return notOneOf(value, SMTP_PORTS.map(String), String(meant(approximately(value))));
  },
};

/** One whose digits were swapped; else the usual one. Nobody who is told a port is told 25. */
function meant(value: number): number {
  const text = String(value);
  const sorted = (digits: string) => [...digits].sort().join("");
  return SMTP_PORTS.find((port) => sorted(String(port)) === sorted(text) && port !== 25) ?? USUAL;
}
