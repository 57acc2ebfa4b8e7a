import type { Remedy } from "../../stage/remedy";
import { DNS } from "../../stage/stage";
import { MX } from "../../stage/stage-facts";

/** What to do when the server's name has no addresses. */
export const dns = {
  noSuchHost: {
    code: "mail/no-such-host",
    stages: [DNS],
    summary: "The name {host} does not resolve",
    fix: "Check the spelling of {setting:smtp_host}; if it is right, this machine's DNS does not know the name: use one that it knows, or the IP address.",
  },
  resolverFailed: {
    code: "mail/resolver-failed",
    stages: [DNS],
    summary: "The resolver gave no answer for {host}",
    fix: "Check the network of this machine's DNS server, which did not answer or failed, then try again.",
  },
  mailDomain: {
    code: "mail/host-is-mail-domain",
    stages: [DNS],
    summary: "{host} has no address: it is a mail domain, not a server",
    fix: "Name as {setting:smtp_host} one of the servers that take its mail ({exchangers}), or the relay that your platforms send through.",
  },
  /** A or AAAA. */
  kindUnanswered: {
    code: "mail/address-kind-unanswered",
    stages: [DNS],
    severity: "warning",
    summary: "the name servers gave no answer for the {kind} records of {host}",
    fix: "Repair the name servers of this domain: senders wait for that answer before every mail.",
  },
  addressWithoutFlow: {
    code: "mail/address-without-flow",
    stages: [DNS],
    severity: "warning",
    summary: "no flow declared for {where}",
    fix: "Declare an outbound flow for {where} too: a sender may pick any address of the name.",
  },
  nullMx: {
    code: "mail/null-mx",
    stages: [MX],
    severity: "warning",
    summary: "{domain} declares that it takes no mail (null MX, RFC 7505)",
    fix: "Name receivers of another domain, unless your own server delivers mail for this one without asking the DNS.",
  },
  noSuchMailDomain: {
    code: "mail/no-such-mail-domain",
    stages: [MX],
    severity: "warning",
    summary: "the domain {domain} does not exist",
    fix: "Check what stands after the @ of the receivers, unless the domain is known only to your own mail server.",
  },
  takesNoMail: {
    code: "mail/domain-takes-no-mail",
    stages: [MX],
    severity: "warning",
    summary: "{domain} has neither MX records nor an address, so nothing takes its mail",
    fix: "Check what stands after the @ of the receivers, or publish an MX record for the domain.",
  },
  mxWithoutAddress: {
    code: "mail/mx-without-address",
    stages: [MX],
    severity: "warning",
    summary: "the MX records of {domain} name hosts without an address: {hosts}",
    fix: "Repair these MX records: they must name hosts that have A or AAAA records, not addresses.",
  },
  mxUnanswered: {
    code: "mail/mx-unanswered",
    stages: [MX],
    severity: "warning",
    summary: "{servers} gave no answer for the MX records of {domain}: {why}",
    fix: "Check whether {servers} can look up {domain}: if nobody can, its own name servers are down, and mail for it waits.",
  },
} as const satisfies Record<string, Remedy>;
