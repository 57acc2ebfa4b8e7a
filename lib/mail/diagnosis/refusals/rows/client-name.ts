import * as causes from "../causes";
import { example, type Row } from "../row";
import { HMAILSERVER, UNKNOWN } from "../sources";

/** Refusals of the client's EHLO name. */
export const clientName: readonly Row[] = [
  {
    id: "client-name",
    cause: causes.clientNameRefused,
    when: {
      words:
        /(helo|ehlo)( command| name| host ?name| domain| argument\S*)? ?(\S+ )?(rejected|refused|denied|invalid|not (accepted|allowed|valid|a valid)|must|mismatch|does not|looks|is (your|my|not|invalid|a)|verification|should|failed)|(invalid|bad|malformed|syntactically invalid|forged|fake|bogus|unqualified) (helo|ehlo|domain name|domain address|helo argument)|(helo|ehlo) (requires|needs)|(helo|ehlo) invalid|invalid domain (name|address)( in (helo|ehlo))?|need fully-qualified hostname|fqdn|you are not (me|who you)|access denied.*helo|helo\b.*(access denied)/,
      not: /helo domain is listed|say helo|polite|first|before|sender|recipient/,
    },
    source: "https://www.postfix.org/postconf.5.html",
    examples: [
      example("RCPT", "Postfix", "504 5.5.2 <vm>: Helo command rejected: need fully-qualified hostname"),
      example("RCPT", "Postfix", "450 4.7.1 <vm.example.com>: Helo command rejected: Host not found"),
      example("RCPT", "Postfix", "554 5.7.1 <[192.0.2.7]>: Helo command rejected: Access denied"),
      example("EHLO", "Exim", "501 Syntactically invalid HELO argument(s)", { source: UNKNOWN }),
      example("EHLO", "Sendmail", "501 5.0.0 EHLO requires domain address", { source: UNKNOWN }),
      example("EHLO", "Sendmail", "501 5.0.0 Invalid domain name", { source: UNKNOWN }),
      example("EHLO", "hMailServer", "501 EHLO Invalid domain address.", { source: HMAILSERVER }),
      example("RCPT", "Exim", "550 Forged HELO: you are not mx.example.com", { source: UNKNOWN }),
      example("EHLO", "Haraka", "550 5.7.1 HELO must match your rDNS name", { source: UNKNOWN }),
      example("EHLO", "Exchange Server", "501 5.5.4 Invalid domain name", { source: UNKNOWN }),
      example("RCPT", "chasquid", "501 5.5.4 EHLO invalid: not a FQDN", { source: UNKNOWN }),
      example("RCPT", "mail.ru", "550 HELO mismatch: fix your FQDN", { source: UNKNOWN }),
    ],
  },
  {
    id: "client-name-by-code",
    cause: causes.clientNameRefused,
    when: { stages: ["EHLO"], codes: [501] },
    source: "RFC 5321",
    examples: [example("EHLO", "RFC 5321", "501 no")],
  },
];
