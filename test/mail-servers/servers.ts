import { readFileSync } from "node:fs";
import type { MailRuntime, Target } from "../../lib/mail";
import type { RunSurroundings } from "../../lib/mail/diagnosis/outcome";
import type { ImapMailbox } from "../../lib/mail/imap/mailbox";
import { mailRuntime } from "../support/mail-runtime";
import { MAIL_HOST, PEOPLE, type Person } from "./people";
import { areThere, servers } from "./where";

/** Tests that need the servers; skipped where there are none, `setup.ts` says why. */
export const describeWithServers = areThere() ? describe : describe.skip;

/** A runtime that can read the authority's file, and whose mails are unlike those of all other tests: mailboxes remember. */
export function runtime(): MailRuntime {
  return mailRuntime({ random: Math.random, readFile: (path) => readFileSync(path, "utf8") });
}

export const watch: RunSurroundings = { signal: new AbortController().signal, redact: (text: string) => text };

/** Through port `port` of the mail server, which is found by the tests' name server. */
export function target(port: number, overrides: Partial<Target> = {}): Target {
  const { address, password } = PEOPLE.alerts;
  return {
    host: MAIL_HOST,
    port,
    security: "starttls",
    login: { username: address, password },
    ca: servers().ca,
    from: "alerts@aligned.test",
    to: [PEOPLE.oncall.address],
    dnsServers: [servers().nameServer],
    timeoutMs: 10_000,
    ...overrides,
  };
}

export function mailbox({ address, password }: Person, overrides: Partial<ImapMailbox> = {}): ImapMailbox {
  return {
    host: "127.0.0.1",
    port: servers().imap,
    security: "starttls",
    username: address,
    password,
    ca: servers().ca,
    receiver: address,
    waitMs: 8_000,
    ...overrides,
  };
}
