import type { Remedy } from "../../stage/remedy";
import { DATA, MAIL } from "../../stage/stage";
import { RCPT } from "../../stage/stage-facts";

/** What to do about problems around refusals; the meaning of a refusal is in `lib/mail/diagnosis/refusals`. */
export const refusals = {
  /** After several attempts. */
  stillGreylisted: {
    code: "mail/still-greylisted",
    stages: [MAIL, RCPT, DATA],
    summary: "The server still asks to come back later after {tries} tries in {waited}: greylisting",
    fix: "Raise {setting:timeout_seconds} beyond the server's delay, often 300 seconds, or have this machine's IP address exempted from greylisting.",
  },
  /** Found before anything is sent to the server. */
  smtpUtf8NotOffered: {
    code: "mail/smtputf8-not-offered",
    stages: [MAIL, RCPT],
    summary: "{address} has characters outside ASCII, and the server does not offer SMTPUTF8",
    fix: "Write the address in ASCII, its domain as in the DNS (xn--...), or use a server that offers SMTPUTF8.",
  },
} as const satisfies Record<string, Remedy>;
