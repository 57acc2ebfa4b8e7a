import { prose } from "../../../../core/prose";
import { asSaid } from "../cause";
import * as causes from "../causes";
import { example, type Row } from "../row";
import { setting } from "../setting";
import { GMAIL, GMX, MIMECAST, OBSERVED, UNKNOWN, YAHOO } from "../sources";

/** Refusals of the client's address: listed, unknown or without a name. */
export const reputation: readonly Row[] = [
  {
    id: "without-name",
    cause: causes.clientWithoutName,
    when: {
      words:
        /cannot find your (reverse )?host ?name|\bptr\b|reverse (dns|lookup|ip|host ?name)|no rdns|\brdns\b|(missing|no|bad|invalid|without) (valid )?(reverse|forward-confirmed)|ip name (lookup|possibly forged)|no host name found for ip|(fix|correct) reverse|forward dns entry|hostname verification failed|inverse (dns|lookup)/,
      not: /helo|ehlo/,
    },
    source: "https://www.bytecamp.net/de/faq/email/zustellen.html",
    examples: [
      example("RCPT", "Postfix", "450 4.7.25 Client host rejected: cannot find your hostname, [192.0.2.7]", {
        source: UNKNOWN,
      }),
      example("RCPT", "Postfix", "450 4.7.1 Client host rejected: cannot find your reverse hostname, [192.0.2.7]"),
      example(
        "DATA",
        "Gmail",
        "550-5.7.25 [203.0.113.25] The IP address sending this message does not have a\n550-5.7.25 PTR record setup, or the corresponding forward DNS entry does not\n550-5.7.25 match the sending IP. As a policy, Gmail does not accept messages from\n550 5.7.25 IPs with missing PTR records. 4fb4d7f45d1cf - gsmtp",
        { source: GMAIL },
      ),
      example(
        "banner",
        "GMX",
        "554-gmx.net (mxgmx017) Nemesis ESMTP Service not available\n554-No SMTP service\n554-Bad DNS PTR resource record.\n554 For explanation visit https://postmaster.gmx.net/en/case?c=r0103&i=ip&v=203.0.113.25&r=1MabCd",
        { source: GMX },
      ),
      example("RCPT", "Exim", "550 Reverse DNS lookup failed for 192.0.2.7", { source: UNKNOWN }),
      example("RCPT", "Haraka", "550 5.7.25 no rDNS for 192.0.2.7", { source: UNKNOWN }),
      example("banner", "Sendmail", "550 5.7.1 Access denied: fix reverse DNS for 192.0.2.7", { source: UNKNOWN }),
      example("banner", "Trend Micro", "451 Bad reverse DNS.", {
        source: "https://hardwaresecrets.com/understanding-email-bounce-messages/4/",
      }),
    ],
  },
  {
    id: "domain-listed",
    cause: causes.senderDomainListed,
    when: {
      words:
        /(helo|ehlo|sender|from|mail|envelope|url|link)( host| address)? domain (is )?(listed|blocked|blacklisted|on)|(domain|rhsbl|dbl|uri|surbl).*(listed|blocked using|black ?list)|sender address .*blocked using/,
      not: /client host|ip address/,
    },
    source: "https://smtpfieldmanual.com/spamfilter/exchangeonline",
    examples: [
      example(
        "DATA",
        "Microsoft 365",
        "550 5.7.1 Service unavailable, Helo domain is listed in Spamhaus. To request removal from this list see https://www.spamhaus.org/lookup.lasso (S8001)",
      ),
      example(
        "RCPT",
        "Postfix",
        "554 5.7.1 Service unavailable; Sender address [alerts@example.com] blocked using dbl.example.org",
        { source: UNKNOWN },
      ),
      example("DATA", "Haraka", "550 5.7.1 From domain is listed on a DBL", { source: UNKNOWN }),
    ],
  },
  {
    id: "listed",
    cause: causes.clientRefused,
    when: {
      words:
        /block(ed|ing)? (using|by|via|list)|block ?list(ed)?|black ?list(ed|ing)?|black list|listed (at|in|on|by) |because your ip |too many spams? from your ip|\b(dns|r|p|x|s)bl\b|found (in|on) (one or more )?(dns|block|black)|deferred using|spamhaus|barracuda ?central|barracuda reputation|spamcop|\bsorbs\b|abusix|uceprotect|sending ip .*(listed|blocked)|ip (address )?(\S+ )?(is )?(listed|blocked|banned|block listed)|blocked\W+see|client( host)?( \[\S+\])? (is )?blocked|banned (ip|host|sender)/,
      not: /sender address rejected|spamassassin|content|attachment|account|mailbox is blocked|port 25|for sending|from sending|previously bounced|suppress|recipient list|unauthenticated|spf|dkim|dmarc/,
    },
    source: "RFC 5782",
    examples: [
      example(
        "RCPT",
        "Postfix",
        "554 5.7.1 Service unavailable; Client host [192.0.2.7] blocked using zen.spamhaus.org; https://www.spamhaus.org/query/ip/192.0.2.7",
        { source: UNKNOWN },
      ),
      example("RCPT", "Exim", "550 rejected because 203.0.113.25 is in a black list at zen.spamhaus.org", {
        source: UNKNOWN,
      }),
      example(
        "DATA",
        "Infomaniak",
        "554 5.7.1 Service unavailable; Client host [203.0.113.25] blocked using combined.mail.abusix.zone",
        { source: "https://github.com/thunderbird/mailstrom/issues/251" },
      ),
      example(
        "DATA",
        "Barracuda",
        "554 Service unavailable; Client host [203.0.113.25] blocked using Barracuda Reputation; http://bbl.barracudacentral.com/q.cgi?ip=203.0.113.25",
        { source: "https://luxsci.com/blog/?p=16857" },
      ),
      example(
        "banner",
        "GMX",
        "554-gmx.net (mxgmx104) Nemesis ESMTP Service not available\n554-No SMTP service\n554-IP address is block listed.\n554 For explanation visit https://postmaster.gmx.net/en/case?c=r0201&i=ip&v=198.51.100.42&r=1MNcgj",
        { source: GMX },
      ),
      example(
        "RCPT",
        "Microsoft 365",
        "550 5.7.1 Service unavailable, Client host [203.0.113.25] blocked using Spamhaus. To request removal from this list see https://www.spamhaus.org/query/ip/203.0.113.25 (AS16012611)",
        { source: "https://smtpfieldmanual.com/spamfilter/exchangeonline" },
      ),
      example("banner", "Proofpoint", "554 Blocked - see https://ipcheck.proofpoint.com/?ip=203.0.113.25", {
        source: UNKNOWN,
      }),
      example(
        "RCPT",
        "Yahoo",
        "553 5.7.1 [BL21] Connections will not be accepted from 203.0.113.25, because the ip is in Spamhaus's list; see https://postmaster.yahooinc.com/550-bl23.html",
        { source: YAHOO },
      ),
      example(
        "RCPT",
        "Mimecast",
        "550 203.0.113.25 is listed in an RBL: rejected - https://community.mimecast.com/docs/DOC-1369#550",
        { source: MIMECAST },
      ),
      example("RCPT", "qmail", "553 Blocked - listed at bl.example.org (#5.7.1)", { source: UNKNOWN }),
      example(
        "RCPT",
        "iCloud",
        "550 5.7.0 Blocked - see https://support.proofpoint.com/dnsbl-lookup.cgi?ip=203.0.113.25",
        { source: UNKNOWN },
      ),
      example("RCPT", "Haraka", "550 5.7.1 host [203.0.113.25] is blacklisted by bl.example.org", { source: UNKNOWN }),
      example("RCPT", "Gandi", "554 5.7.1 Service unavailable; Client host [203.0.113.25] blocked using sbl-xbl: XBL", {
        source: "https://github.com/kiwix/operations/issues/206",
      }),
      example(
        "RCPT",
        "Trend Micro",
        "550 Mail from 203.0.113.25 deferred using Trend Micro Email Reputation database",
        { source: "https://hardwaresecrets.com/understanding-email-bounce-messages/4/" },
      ),
    ],
  },
  {
    id: "poor-reputation",
    cause: causes.clientRefused,
    when: {
      words:
        /(poor|bad|low|no) (ip |sender |sending )?reputation|due to .*reputation|reputation (score|filter|too low)|access to (submit messages to )?this (e-?)?mail system has been rejected/,
      not: /greylist/,
    },
    retry: asSaid,
    source: "https://community.cisco.com/t5/email-security/cisco-esa-domain-exception/m-p/4268260/highlight/true",
    examples: [
      example(
        "banner",
        "Cisco",
        "554-mx.example.com\n554 Your access to this mail system has been rejected due to the sending MTA's poor reputation. If you believe that this failure is in error, please contact the intended recipient via alternate means.",
      ),
      example("RCPT", "Proofpoint Essentials", "550 5.7.1 Rejected: poor reputation of 203.0.113.25", {
        source: UNKNOWN,
      }),
      example(
        "DATA",
        "Deutsche Telekom",
        "554 IP=203.0.113.25 - A problem occurred. (Ask your postmaster for help) (BL): bad reputation",
        { source: UNKNOWN },
      ),
    ],
  },
  {
    id: "port-25-blocked",
    cause: causes.clientRefused,
    when: {
      words:
        /port 25 (is |are )?blocked|(outbound|outgoing) (connections? |smtp |mail )?(to|on|via) port 25|smtp (traffic|connections?) (is |are )?blocked/,
    },
    fix: prose`The network between here and there answers in the server's place: set ${setting("smtp_port", "587")}, or have port 25 opened by the provider of this machine's network and its IP address allowed.`,
    source: UNKNOWN,
    examples: [
      example(
        "banner",
        "access provider",
        "554 5.7.1 Outbound connections to port 25 are blocked by your provider; use port 587",
      ),
    ],
  },
  {
    id: "client-not-allowed",
    cause: causes.clientNotAllowed,
    when: {
      words:
        /^denied\b|(host|ip|address|network|machine|server)s?( address)?[^a-z]* (is |are )?not (allowed|permitted|authori[sz]ed|in (the )?(list|allowed))|not (allowed|permitted|authori[sz]ed) to (connect|use this server|send (mail )?from (this|your) (ip|host|network))|(unauthori[sz]ed|unknown) (host|client|ip|network)|connections? (from \S+ )?(not (allowed|accepted)|refused|rejected)|(connection|access) (rejected|denied) (by|from)|you are not allowed to connect|no smtp (service )?for you|client host rejected|not in (the )?whitelist/,
      not: /sender|recipient|hostname|too many|rate|greylist|port 25|spf|relay|spam|rcpt domain|forward|unauthenticated/,
    },
    source: OBSERVED,
    examples: [
      example("banner", "smtprelay", "421 Denied"),
      example("banner", "Postfix", "554 5.7.1 No SMTP for you: not authorized", { source: UNKNOWN }),
      example("RCPT", "Postfix", "554 5.7.1 <host.example.com[192.0.2.7]>: Client host rejected: not on our list", {
        source: "https://www.postfix.org/access.5.html",
      }),
      example("banner", "Exchange Server", "550 5.7.1 You are not allowed to connect", {
        source: "https://headwayapp.co/mxroute-changelog/adjustments-to-outbound-rejections-137432",
      }),
      example("banner", "hMailServer", "421 Connection rejected by IP range", { source: UNKNOWN }),
      example("banner", "Domino", "554 Connection refused: your host is not permitted", { source: UNKNOWN }),
    ],
  },
  {
    id: "refused-at-greeting",
    cause: causes.clientRefused,
    outweighs: ["x.7.1", "x.7.0", "x.0.0", "x.5.0", "x.3.0", "x.1.0"],
    when: { stages: ["banner", "EHLO"], codes: [550, 554, 571, 553] },
    source: "RFC 5321",
    examples: [
      example("banner", "RFC 5321", "554 no"),
      example("banner", "Postfix", "554 5.7.1 blocked", { source: UNKNOWN }),
      example("banner", "Postfix", "554 No SMTP service here", { source: UNKNOWN }),
      example("EHLO", "Mail Xchange", "550 Access denied", { source: UNKNOWN }),
    ],
  },
];
