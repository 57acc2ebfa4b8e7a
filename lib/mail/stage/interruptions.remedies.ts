import type { Remedy } from "./remedy";
import { AUTH, BANNER, BLOCK_LISTS, DATA, DKIM, DMARC, DNS, EHLO, EHLO_TLS, MAIL, PTR, SPF, TCP, TLS } from "./stage";
import { PLATFORM, RCPT } from "./stage-facts";

const ON_THE_LINE = [DNS, TCP, BANNER, EHLO, TLS, EHLO_TLS, AUTH, MAIL, RCPT, DATA];
const ANY = [...ON_THE_LINE, PLATFORM, SPF, DKIM, DMARC, PTR, BLOCK_LISTS];

/** What to do about a stage that was ended from outside. */
export const interruptions = {
  interrupted: {
    code: "mail/interrupted",
    stages: ANY,
    summary: "Interrupted ({stage})",
    fix: "Run it again; nothing that follows was tried.",
  },
  outOfTime: {
    code: "mail/out-of-time",
    stages: ANY,
    summary: "The time for all stages was used up ({stage})",
    fix: "Look for the slow stage above; raise {setting:timeout_seconds} if the server is slow by nature.",
  },
} as const satisfies Record<string, Remedy>;
