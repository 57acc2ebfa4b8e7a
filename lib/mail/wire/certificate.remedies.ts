import type { Remedy } from "../stage/remedy";
import { ARRIVAL, TLS } from "../stage/stage";

/** Whom the server's certificate speaks for, and until when. */
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
    fix: "Give its certificate as `ca_certificate` if this is your server; else install one of a known authority on it.",
  },
  unknownIssuer: {
    code: "mail/certificate-unknown-issuer",
    stages: [TLS, ARRIVAL],
    summary: "The certificate comes from an authority that is not trusted here",
    fix: "Give your authority's certificate as `ca_certificate`; if it is a public one, the server does not send its intermediate certificates: install the full chain there.",
  },
  wrongName: {
    code: "mail/certificate-wrong-name",
    stages: [TLS],
    summary: "The certificate is not made for {host}",
    fix: "Use one of the certificate's names as `smtp_host`, or have a certificate issued for this one.",
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
  /** One that the server's own hangs on. */
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
    summary: "None of the authorities in `ca_certificate` has signed the server's certificate",
    fix: "Give the authority that has signed it as `ca_certificate` (now: {given}), or have the server send the intermediate certificates that lead to yours.",
  },
  authorityReplaced: {
    code: "mail/certificate-authority-replaced",
    stages: [TLS, ARRIVAL],
    summary: "`ca_certificate` holds {name}, but with another key than the one that signed the server's certificate",
    fix: "Give the current certificate of {name} as `ca_certificate` once its owner confirms the new key; otherwise somebody else is answering in the server's place.",
  },
} as const satisfies Record<string, Remedy>;
