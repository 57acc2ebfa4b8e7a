import type { Remedy } from "../stage/remedy";
import { ARRIVAL, TLS } from "../stage/stage";

/** What to do about the server's certificate: its names, its dates, its chain. */
export const certificate = {
  expired: {
    code: "mail/certificate-expired",
    stages: [TLS, ARRIVAL],
    summary: "The certificate expired on {day}",
    fix: "Renew the server's certificate.",
  },
  notYetValid: {
    code: "mail/certificate-not-yet-valid",
    stages: [TLS, ARRIVAL],
    summary: "The certificate is valid only from {day}",
    fix: "Check this machine's clock, then the certificate.",
  },
  selfSigned: {
    code: "mail/certificate-self-signed",
    stages: [TLS, ARRIVAL],
    summary: "The certificate is self-signed",
    fix: "Give its certificate as {setting:ca_certificate} if this is your server; else install one of a known authority on it.",
  },
  unknownIssuer: {
    code: "mail/certificate-unknown-issuer",
    stages: [TLS, ARRIVAL],
    summary: "The certificate comes from an authority that is not trusted here",
    fix: "Give your authority's certificate as {setting:ca_certificate}; if it is a public one, the server does not send its intermediate certificates: install the full chain there.",
  },
  wrongName: {
    code: "mail/certificate-wrong-name",
    stages: [TLS],
    summary: "The certificate is not made for {host}",
    fix: "Use one of the certificate's names as {setting:smtp_host}, or have a certificate issued for this one.",
  },
  rejected: {
    code: "mail/certificate-rejected",
    stages: [TLS, ARRIVAL],
    summary: "The certificate was not accepted ({error})",
    fix: "See the server's certificate.",
  },
  expiresSoon: {
    code: "mail/certificate-expires-soon",
    stages: [TLS],
    severity: "warning",
    summary: "the certificate expires in {days} days, on {day}",
    fix: "Plan the renewal of the server's certificate.",
  },
  /** Below 30 days. */
  expiresNext: {
    code: "mail/certificate-expires-next",
    stages: [TLS],
    severity: "warning",
    summary: "the certificate expires in {days} days, on {day}",
    fix: "Renew the server's certificate now: when it expires, no alert leaves.",
  },
  /** A certificate of the server's chain. */
  chainExpiresSoon: {
    code: "mail/certificate-chain-expires-soon",
    stages: [TLS],
    severity: "warning",
    summary: "the certificate of {name}, on which the server's own depends, expires in {days} days, on {day}",
    fix: "Replace the chain on the server by one with the authority's newer certificate before then.",
  },
  /** `ca_certificate` is given, and the chain does not lead to it. */
  notByGivenAuthority: {
    code: "mail/certificate-not-by-given-authority",
    stages: [TLS, ARRIVAL],
    summary: "None of the authorities in {setting:ca_certificate} has signed the server's certificate",
    fix: "Give the authority that has signed it as {setting:ca_certificate} (now: {given}), or have the server send the intermediate certificates that lead to yours.",
  },
  authorityReplaced: {
    code: "mail/certificate-authority-replaced",
    stages: [TLS, ARRIVAL],
    summary:
      "{setting:ca_certificate} holds {name}, but with another key than the one that signed the server's certificate",
    fix: "Give the current certificate of {name} as {setting:ca_certificate} once its owner confirms the new key; otherwise somebody else is answering in the server's place.",
  },
  chainExpired: {
    code: "mail/certificate-chain-expired",
    stages: [TLS, ARRIVAL],
    summary: "The certificate of {name}, on which the server's own depends, expired on {day}",
    fix: "Replace the chain that the server sends by the one that its authority hands out now: the server's own certificate is still valid, and only the intermediate one is not.",
  },
  authorityExpired: {
    code: "mail/certificate-authority-expired",
    stages: [TLS, ARRIVAL],
    summary: "The authority {name}, which the server's certificate comes from, expired on {day}",
    fix: "Have the server's certificate issued by a current authority, and install its chain; give the new authority as {setting:ca_certificate} where it is your own.",
  },
  chainNotYetValid: {
    code: "mail/certificate-chain-not-yet-valid",
    stages: [TLS, ARRIVAL],
    summary: "A certificate on which the server's own depends is not valid yet",
    fix: "Check this machine's clock, then the chain that the server sends.",
  },
  addressAsName: {
    code: "mail/certificate-wrong-name-kind",
    stages: [TLS, ARRIVAL],
    summary: "The certificate holds {host} as a DNS name, where an IP address does not count",
    fix: "Have it issued with {host} as an address entry of its subjectAltName (IP:{host}, not DNS:{host}), or use a host name that it is made for.",
  },
  noAlternativeName: {
    code: "mail/certificate-without-alternative-name",
    stages: [TLS, ARRIVAL],
    severity: "warning",
    summary: "the certificate names the server in its common name only, and has no subjectAltName",
    fix: "Have it issued with {host} in its subjectAltName: programs in Go and current versions of .NET and Java refuse it as it is, so that some platforms cannot send.",
  },
  wrongPurpose: {
    code: "mail/certificate-wrong-purpose",
    stages: [TLS, ARRIVAL],
    summary:
      "The certificate of {name} may not be used by servers (its extended key usage leaves out server authentication)",
    fix: "Have a certificate issued for server authentication (serverAuth): this one was made for another purpose, often for the clients of a domain.",
  },
  issuerNoAuthority: {
    code: "mail/certificate-issuer-no-authority",
    stages: [TLS, ARRIVAL],
    summary: "The certificate of {name} has signed the server's, and is not one of an authority",
    fix: "Have the server's certificate issued by an authority: the one that signed it lacks CA:TRUE in its basic constraints, or may not have others below it.",
  },
  weakSignature: {
    code: "mail/certificate-weak-signature",
    stages: [TLS, ARRIVAL],
    summary: "The certificate of {name} is signed with {hash}, which is no longer believed",
    fix: "Have the certificate issued anew with SHA-256, and replace the chain on the server.",
  },
  revoked: {
    code: "mail/certificate-revoked",
    stages: [TLS, ARRIVAL],
    summary: "The certificate was revoked by its authority",
    fix: "Have a new certificate issued for the server, with a new key.",
  },
  issuedByInspector: {
    code: "mail/certificate-unknown-issuer-in-between",
    stages: [TLS, ARRIVAL],
    summary: "The certificate was not issued for the server, but by {name}, which inspects traffic on the way",
    fix: "Leave mail out of what that antivirus program or firewall inspects, since it answers in the server's place; or give its authority as {setting:ca_certificate} if it is meant to read along.",
  },
} as const satisfies Record<string, Remedy>;
