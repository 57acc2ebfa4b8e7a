import type { Remedy } from "../stage/remedy";
import { DKIM } from "../stage/stage";

const WARNING = "warning";

/** What to do about signatures and their keys. */
export const dkim = {
  dkimNotVerifiable: {
    code: "mail/dkim-not-verifiable",
    stages: [DKIM],
    severity: WARNING,
    summary: "DKIM can only be verified on a message that arrived",
    fix: "Set {setting:imap}, so that the message is looked at where it arrives; or {setting:dkim_selectors}, to look at the published keys.",
  },
  dkimTooMuch: {
    code: "mail/dkim-too-much",
    stages: [DKIM],
    severity: WARNING,
    summary: "The message is too large to be verified: {why}",
    fix: "See what on the way blows the message up; the test mail itself is small.",
  },
  dkimUnsigned: {
    code: "mail/dkim-unsigned",
    stages: [DKIM],
    severity: WARNING,
    summary: "The message arrived without a DKIM signature",
    fix: "Turn on DKIM signing for {domain} on the server that sends to the internet, and publish its key.",
  },
  dkimNotAligned: {
    code: "mail/dkim-not-aligned",
    stages: [DKIM],
    severity: WARNING,
    summary: "The message is signed by {signer}, not by {domain} ({mode} alignment)",
    fix: "Have the relay sign with a key of {domain}; the signature of {signer} does not count for DMARC.",
  },
  dkimBodyChanged: {
    code: "mail/dkim-body-changed",
    stages: [DKIM],
    severity: WARNING,
    summary: "The body was changed after {signer} signed it: {why}",
    fix: "Let the last server that touches the message sign it; look for footers, disclaimers and link rewriting behind the signer.",
  },
  dkimBadSignature: {
    code: "mail/dkim-bad-signature",
    stages: [DKIM],
    severity: WARNING,
    summary: "The signature of {signer} is wrong: {why}",
    fix: "Compare the signer's private key with the one published at {key}; if they belong together, a server behind the signer changes the head.",
  },
  dkimKeyMissing: {
    code: "mail/dkim-key-missing",
    stages: [DKIM],
    severity: WARNING,
    summary: "There is no DKIM key at {key}",
    fix: "Publish the public key as a TXT record at {key}, or correct the selector.",
  },
  dkimKeyRevoked: {
    code: "mail/dkim-key-revoked",
    stages: [DKIM],
    severity: WARNING,
    summary: "The DKIM key at {key} is revoked (p= is empty)",
    fix: "Let the server sign with a selector whose key is published.",
  },
  dkimKeyUnusable: {
    code: "mail/dkim-key-unusable",
    stages: [DKIM],
    severity: WARNING,
    summary: "The DKIM key at {key} cannot be used: {why}",
    fix: 'Publish it anew at {key}: "v=DKIM1; k=rsa; p=", followed by the whole public key in Base64.',
  },
  dkimKeySeveral: {
    code: "mail/dkim-key-several",
    stages: [DKIM],
    severity: WARNING,
    summary: "There are several records at {key}",
    fix: "Leave one TXT record at {key}: which of them receivers take is chance.",
  },
  dkimKeyShort: {
    code: "mail/dkim-key-short",
    stages: [DKIM],
    severity: WARNING,
    summary: "The DKIM key at {key} is too short: {why}",
    fix: "Make an RSA key of 2048 bits, publish it under a new selector, and sign with that.",
  },
  dkimExpired: {
    code: "mail/dkim-expired",
    stages: [DKIM],
    severity: WARNING,
    summary: "The signature of {signer} has expired: {why}",
    fix: "Give signatures a longer life (x=) on the signing server, and check its clock; the mail may also have waited on the way.",
  },
  dkimBodyPartlySigned: {
    code: "mail/dkim-body-partly-signed",
    stages: [DKIM],
    severity: WARNING,
    summary: "The signature of {signer} covers a part of the body only: {why}",
    fix: "Turn the length tag (l=) off on the signing server: with it, anybody can add to a signed message.",
  },
  dkimFromNotSigned: {
    code: "mail/dkim-from-not-signed",
    stages: [DKIM],
    severity: WARNING,
    summary: "The signature of {signer} does not cover From",
    fix: "Add From to the signed fields (h=) on the signing server; receivers discard signatures without it.",
  },
  dkimWeakAlgorithm: {
    code: "mail/dkim-weak-algorithm",
    stages: [DKIM],
    severity: WARNING,
    summary: "The signature of {signer} uses rsa-sha1, which receivers no longer accept",
    fix: "Set the signing server to rsa-sha256.",
  },
  dkimOnlyEd25519: {
    code: "mail/dkim-only-ed25519",
    stages: [DKIM],
    severity: WARNING,
    summary: "The only keys of {domain} are of the type ed25519, which large receivers do not verify",
    fix: "Sign with an RSA key of 2048 bits too (rsa-sha256), under a selector of its own.",
  },
  dkimKeyWeak: {
    code: "mail/dkim-key-weak",
    stages: [DKIM],
    severity: WARNING,
    summary: "The key at {key} has {bits} bits, fewer than the 2048 that signers should use (RFC 8301)",
    fix: "Create a key of 2048 bits under a new selector, sign with it, and remove the old one some days later.",
  },
  dkimUnreadable: {
    code: "mail/dkim-unreadable",
    stages: [DKIM],
    severity: WARNING,
    summary: "The DKIM-Signature of {signer} cannot be read: {why}",
    fix: "See the signing software's settings; look for a server on the way that rewrites the field.",
  },
} as const satisfies Record<string, Remedy>;
