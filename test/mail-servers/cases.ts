import type { Target } from "../../lib/mail";
import { accessToken } from "./tokens";
import { ELSEWHERE, FULL, PEOPLE, UNKNOWN } from "./people";
import { SOME_ARE_NOT_ALL, type Opinions } from "./second-opinion";
import type { ServiceName } from "./services";

/** One way in which a server can be, and what a probe of it is to say. */
export interface Case {
  /** Continues "a probe of …". */
  readonly of: string;
  readonly service: ServiceName;
  /** Differs from a healthy submission with a login. */
  readonly target?: Partial<Target>;
  /** What fails, without the prefix; undefined when all passes. */
  readonly code?: string;
  /** Must be among what was seen. */
  readonly seen?: RegExp;
  readonly opinions: Opinions;
  /** More options for swaks. */
  readonly swaks?: readonly string[];
}

const agree = (stage: string): Opinions => ({ ours: stage, swaks: stage });
const { address: username } = PEOPLE.alerts;

export const CASES: readonly Case[] = [
  {
    of: "a plain text relay without a login",
    service: "relay",
    target: { security: "none", login: undefined },
    opinions: agree("none"),
  },
  {
    of: "a plain text server with a login",
    service: "clearLogin",
    target: { security: "none" },
    // The one mechanism that keeps the password to itself.
    seen: /CRAM-MD5 as alerts@/,
    opinions: agree("none"),
  },
  { of: "submission by STARTTLS", service: "submission", seen: /TLSv1\.3 .*CN=Mail test CA/, opinions: agree("none") },
  {
    of: "submission by implicit TLS",
    service: "smtps",
    target: { security: "tls" },
    seen: /TLSv1\.3/,
    opinions: agree("none"),
  },
  {
    of: "a server without STARTTLS where it is required",
    service: "clearLogin",
    code: "starttls-not-offered",
    opinions: agree("TLS"),
  },
  {
    of: "a port for implicit TLS, spoken to in plain text",
    service: "smtps",
    target: { timeoutMs: 2_500 },
    code: "implicit-tls-port",
    opinions: agree("banner"),
  },
  {
    of: "a port for STARTTLS, spoken to with TLS",
    service: "submission",
    target: { security: "tls" },
    code: "plain-text-port",
    opinions: agree("TLS"),
  },
  {
    of: "a server that demands TLS, spoken to without",
    service: "submission",
    target: { security: "none", login: undefined },
    code: "encryption-required",
    opinions: agree("MAIL"),
  },
  { of: "an expired certificate", service: "expired", code: "certificate-expired", opinions: agree("TLS") },
  {
    of: "an expired certificate on a port for implicit TLS",
    service: "smtpsExpired",
    target: { security: "tls" },
    code: "certificate-expired",
    opinions: agree("TLS"),
  },
  {
    of: "an expired certificate, by somebody who does not ask swaks to verify",
    service: "expired",
    code: "certificate-expired",
    opinions: {
      ours: "TLS",
      swaks: "none",
      because: "swaks looks at certificates only with --tls-verify, and sends the password to whoever answers",
    },
    swaks: ["--no-tls-verify"],
  },
  {
    of: "a certificate that expires in 20 days",
    service: "expiring",
    seen: /expires in (19|20) days/,
    opinions: agree("none"),
  },
  { of: "a self-signed certificate", service: "selfSigned", code: "certificate-self-signed", opinions: agree("TLS") },
  {
    of: "a certificate of an authority nobody knows",
    service: "stranger",
    code: "certificate-not-by-given-authority",
    opinions: agree("TLS"),
  },
  {
    of: "a certificate for another name",
    service: "wrongName",
    code: "certificate-wrong-name",
    seen: /www\.elsewhere\.test/,
    opinions: {
      ours: "TLS",
      swaks: "none",
      because: "swaks verifies who issued a certificate, but not the name it was issued for",
    },
  },
  {
    of: "a server with TLS 1.0 only",
    service: "oldTls",
    code: "tls-too-old",
    seen: /TLS 1\.0/,
    opinions: agree("TLS"),
  },
  {
    of: "a server that wants a certificate of its clients",
    service: "mutual",
    code: "client-certificate-required",
    opinions: agree("EHLO over TLS"),
  },
  {
    of: "a server whose ciphers nobody else has",
    service: "oddCiphers",
    code: "tls-version",
    opinions: agree("TLS"),
  },
  {
    of: "a wrong password",
    service: "submission",
    target: { login: { username, password: "guessed" } },
    code: "login-refused",
    opinions: agree("AUTH"),
  },
  { of: "a server without AUTH", service: "noLogin", code: "auth-not-offered", opinions: agree("AUTH") },
  {
    of: "a server with AUTH below TLS only, spoken to without",
    service: "submission",
    target: { security: "none" },
    code: "auth-not-offered-in-clear",
    opinions: agree("AUTH"),
  },
  {
    of: "a server that takes access tokens only, with a password",
    service: "onlyXoauth2",
    code: "only-token-logins",
    opinions: agree("AUTH"),
  },
  {
    of: "a server that takes access tokens only, with one",
    service: "onlyXoauth2",
    target: { login: { username, password: accessToken(username), mechanism: "XOAUTH2" } },
    seen: /XOAUTH2 as alerts@/,
    opinions: { ours: "none", swaks: "unsupported", because: "this swaks does not know XOAUTH2" },
  },
  {
    of: "a server that takes access tokens only, with one that somebody else signed",
    service: "onlyXoauth2",
    target: { login: { username, password: accessToken(username, Buffer.alloc(32)), mechanism: "XOAUTH2" } },
    code: "token-refused",
    opinions: { ours: "AUTH", swaks: "unsupported", because: "this swaks does not know XOAUTH2" },
  },
  {
    of: "a server with CRAM-MD5 only",
    service: "onlyCramMd5",
    seen: /CRAM-MD5 as alerts@/,
    opinions: agree("none"),
  },
  {
    of: "a server with CRAM-MD5 only, and a wrong password",
    service: "onlyCramMd5",
    target: { login: { username, password: "guessed" } },
    code: "login-refused",
    opinions: agree("AUTH"),
  },
  {
    of: "a server for members only, without a login",
    service: "members",
    target: { login: undefined },
    code: "login-required",
    opinions: agree("RCPT"),
  },
  {
    of: "an unknown receiver",
    service: "submission",
    target: { to: [UNKNOWN] },
    code: "no-such-mailbox",
    opinions: agree("RCPT"),
  },
  {
    of: "a receiver whose mailbox is full",
    service: "submission",
    target: { to: [FULL] },
    code: "mailbox-full",
    opinions: agree("RCPT"),
  },
  {
    of: "a receiver elsewhere without a login",
    service: "relay",
    target: { security: "none", login: undefined, to: [ELSEWHERE] },
    code: "relay-denied",
    opinions: agree("RCPT"),
  },
  {
    of: "two receivers, one of them unknown",
    service: "submission",
    target: { to: [PEOPLE.oncall.address, UNKNOWN] },
    code: "no-such-mailbox",
    opinions: {
      ours: "RCPT",
      swaks: "none",
      because: SOME_ARE_NOT_ALL,
    },
  },
  {
    of: "a server that lets those who log in send as themselves only",
    service: "owners",
    target: { from: PEOPLE.oncall.address },
    code: "sender-not-allowed",
    seen: /not owned by user alerts@/,
    opinions: agree("RCPT"),
  },
  {
    of: "a server that takes nothing from the sender",
    service: "choosy",
    code: "sender-not-allowed",
    opinions: agree("RCPT"),
  },
  {
    of: "a server that wants its clients to have names",
    service: "nameless",
    code: "client-without-name",
    opinions: agree("RCPT"),
  },
  {
    of: "a server that does not believe who calls it",
    service: "formal",
    code: "client-name-refused",
    opinions: agree("RCPT"),
  },
  { of: "a server whose filter is down", service: "deadFilter", code: "server-error", opinions: agree("RCPT") },
  {
    of: "a server whose milter is down",
    service: "deadMilter",
    code: "server-error",
    seen: /454 4\.3\.0 Try again later/,
    opinions: agree("TLS"),
  },
];
