import {
  ARRIVAL,
  AUTH,
  BLOCK_LISTS,
  BANNER,
  CONFIG,
  DATA,
  DKIM,
  DMARC,
  DNS,
  EHLO,
  EHLO_TLS,
  MAIL,
  PTR,
  RATE_LIMIT,
  SPF,
  TCP,
  TLS,
} from "./stage";

/** A remedy's name for the stage of any domain's mail exchangers. */
export const MX = "MX";
/** A remedy's name for the stage of any receiver. */
export const RCPT = "RCPT";
/** A remedy's name for the stage of any platform's own test. */
export const PLATFORM = "platform test";

/** What a reader should know about a stage. */
export interface StageFacts {
  /** The name in remedies. */
  readonly name: string;
  /** The name in reports, where it is longer: `RCPT <receiver>`. */
  readonly shownAs?: string;
  /** What a passed stage proves; one sentence. */
  readonly proves: string;
}

/** All stages in the order in which they happen. */
export const STAGES: readonly StageFacts[] = [
  {
    name: RATE_LIMIT,
    proves:
      "Nothing: another test mail to the same server and receivers had to leave first. Shown only where it waited.",
  },
  { name: CONFIG, proves: "The settings are complete, and what was declared can be used: certificates, files, names." },
  { name: DNS, proves: "The name of the server leads to addresses." },
  { name: MX, shownAs: "MX <domain>", proves: "Where mail for the domain goes, in the order of preference." },
  {
    name: TCP,
    proves:
      "A connection stands: the port is open on the way from here to there. Every address of the name is tried, since a sender may pick any of them.",
  },
  { name: BANNER, proves: "What listens there is an SMTP server, and it talks to this machine." },
  { name: EHLO, proves: "What the server offers: encryption, logins, the largest message, extensions." },
  {
    name: TLS,
    proves:
      "The connection is encrypted, and the certificate is valid, trusted and made for this host. With implicit TLS it comes before the banner.",
  },
  {
    name: EHLO_TLS,
    proves:
      "What the server offers on the encrypted connection; what it said before could have been put there by anybody.",
  },
  {
    name: AUTH,
    proves: "The server knows user and password. They are sent once the declared security stands, never before.",
  },
  { name: MAIL, proves: "The server takes mail of this sender." },
  {
    name: RCPT,
    shownAs: "RCPT <receiver>",
    proves: "The server takes mail for this receiver, so far: it may still refuse the message, or lose it later.",
  },
  { name: DATA, proves: "The server took the message and is responsible for it now. Accepted is not delivered." },
  {
    name: PLATFORM,
    shownAs: "<system> test <id>",
    proves: "The platform itself can send, seen from where it runs, not from here.",
  },
  {
    name: ARRIVAL,
    proves:
      "The message lies in the receiver's mailbox: in which folder, and after how long. Where several mailboxes are looked into, there is one stage for each: `arrival <receiver>`.",
  },
  { name: SPF, proves: "The sender's domain lets the addresses from which the mail leaves send for it." },
  { name: DKIM, proves: "The message carries a valid signature, or the keys to check one are published." },
  { name: DMARC, proves: "The domain that readers see as the sender is one that SPF or DKIM vouches for." },
  {
    name: PTR,
    proves:
      "The addresses from which the mail leaves have names that lead back to them. Looked at where these addresses are declared.",
  },
  {
    name: BLOCK_LISTS,
    proves: "The large block lists do not have those addresses. Asked only where that is wanted.",
  },
];
