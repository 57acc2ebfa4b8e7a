import { commandRuntime } from "../../inventory/runtime";
import type { Target } from "../../mail";
import { lookAtMailbox } from "../../mail/diagnosis/look-at-mailbox";
import type { ImapMailbox } from "../../mail/imap/mailbox";
import type { MailTest } from "../mail/mail-test";
import { testSurroundings } from "../mail/test-surroundings";
import type { Surroundings } from "../surroundings";
import { nameOf, type SeenCertificates } from "../../proof/seen-certificates";

/** A mail server whose certificate was not seen. */
export interface Unseen {
  /** "imap.example.com:993" */
  readonly server: string;
  readonly reason: string;
}

/** Connects to the servers of a test's mailboxes for their certificates alone; returns those that were not reached. */
export async function lookAtMailboxes(
  test: MailTest,
  { dnsServers }: Pick<Target, "dnsServers">,
  mailboxes: readonly ImapMailbox[],
  certificates: SeenCertificates,
  surroundings: Surroundings,
): Promise<readonly Unseen[]> {
  const { redactor, interrupted } = surroundings;
  const runtime = {
    ...commandRuntime(surroundings, redactor),
    ...testSurroundings(test),
    onCertificates: certificates.record,
  };
  // One server may have several of the mailboxes.
  const servers = new Map(mailboxes.map((mailbox) => [nameOf(mailbox), mailbox]));
  const looks = [...servers].map(async ([server, mailbox]): Promise<Unseen[]> => {
    const problem = await lookAtMailbox({ ...(dnsServers && { dnsServers }), ...mailbox }, runtime, interrupted);
    if (certificates.of(mailbox).length > 0 || mailbox.security === "none") return [];
    return [{ server, reason: redactor.redact(problem?.summary ?? "it showed none") }];
  });
  return (await Promise.all(looks)).flat();
}
