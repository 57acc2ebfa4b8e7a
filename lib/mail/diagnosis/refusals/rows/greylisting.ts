import { soon } from "../cause";
import * as causes from "../causes";
import { example, type Row } from "../row";
import { HMAILSERVER, MIMECAST, OBSERVED, UNKNOWN } from "../sources";

/** Greylisting: the server wants to be asked twice. */
export const greylisting: readonly Row[] = [
  {
    id: "mimecast-internal-resource",
    cause: causes.greylisted,
    vendor: "Mimecast",
    when: { words: /internal resources? (are |is )?temporarily (un|not )available/ },
    retry: soon(60),
    source: MIMECAST,
    examples: [
      example(
        "RCPT",
        "Mimecast",
        "451 Internal resource temporarily unavailable - https://community.mimecast.com/docs/DOC-1369#451",
      ),
    ],
  },
  {
    id: "greylisted",
    cause: causes.greylisted,
    when: {
      codes: [4],
      words:
        /gr[ae]y.?list|you are new here|(not|un)known (sender|host|triplet).*(again|later)|intentional policy rejection, (please )?try again|come back (later|in)|first time (seen|sender)/,
    },
    source: "RFC 6647",
    examples: [
      example(
        "RCPT",
        "Postgrey",
        "450 4.2.0 <oncall@example.com>: Recipient address rejected: Greylisted, see http://postgrey.example.com/help/example.com.html",
        { source: "https://www.bytecamp.net/de/faq/email/zustellen.html" },
      ),
      example("RCPT", "Exim", "451 Greylisted for 300 seconds", { source: UNKNOWN }),
      example("RCPT", "milter-greylist", "451 4.7.1 Greylisting in action, please come back in 00:05:00", {
        source: UNKNOWN,
      }),
      example("RCPT", "rspamd", "451 4.7.1 Try again later: greylisted", { source: UNKNOWN }),
      example("RCPT", "GMX", "450 You are new here, please try again in 5 minutes", { source: UNKNOWN }),
      example(
        "RCPT",
        "Postfix",
        "451 4.7.1 <oncall@example.com>: Recipient address rejected: Intentional policy rejection, please try again later.",
        { source: "https://www.cloudmailin.com/smtp-troubleshooter/451-error" },
      ),
      example("DATA", "Proofpoint", "451 4.7.1 IP Reputation Greylisted.", {
        source: "https://www.cloudmailin.com/smtp-troubleshooter/451-error",
      }),
      example("RCPT", "mox", "451 4.7.0 first time sender, please try again later", { source: UNKNOWN }),
      example("MAIL", "OVHcloud", "450 4.7.1 <alerts@example.com>: Sender address rejected: greylisting in effect", {
        source: UNKNOWN,
      }),
    ],
  },
  {
    id: "postscreen",
    cause: causes.greylisted,
    vendor: "Postfix",
    when: { codes: [450], words: /service currently unavailable/ },
    retry: soon(10),
    source: "https://www.postfix.org/POSTSCREEN_README.html",
    examples: [example("RCPT", "Postfix", "450 4.3.2 Service currently unavailable")],
  },
  {
    id: "try-again",
    cause: causes.greylisted,
    when: {
      stages: ["MAIL", "RCPT", "DATA"],
      codes: [450, 451],
      words: /^(please )?(try|retry)( again)?( later)?|(please )?try again later[^a-z]*$|(retry|try again) (in|after)/,
      not: /server|service|filter|milter|scanner|busy|error|resource|temporary (server|local|system)|throttl|rate|limit|reputation|problem|denied|deferred|access/,
    },
    source: HMAILSERVER,
    examples: [
      example("RCPT", "hMailServer", "451 Please try again later."),
      example("RCPT", "OpenBSD spamd", "451 Temporary failure, please try again later.", { source: UNKNOWN }),
      example("RCPT", "chasquid", "450 4.7.1 try again in 60 seconds", { source: OBSERVED }),
    ],
  },
  {
    id: "greylisted-by-code",
    cause: causes.greylisted,
    when: {
      stages: ["MAIL", "RCPT", "DATA"],
      codes: [450, 451],
      enhanced: ["4.2.0", "4.7.1", "4.7.0"],
      words: /^(please )?(later|try|come|not now|wait)?\W*$/,
    },
    source: "RFC 6647",
    examples: [example("RCPT", "RFC 6647", "450 4.2.0 later")],
  },
];
