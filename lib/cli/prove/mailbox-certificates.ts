import { commandRuntime } from "../../inventory/runtime";
import type { TestRequest } from "../../mail";
import { lookAtMailbox } from "../../mail/diagnosis/look-at-mailbox";
import type { ProbeRuntime } from "../../mail/wire/probe-runtime";
import type { MailTest } from "../mail/mail-test";
import { mailWorld } from "../mail/mail-world";
import type { Surroundings } from "../surroundings";

/** A mail server whose certificate nobody saw. */
export interface Unseen {
  /** "imap.example.com:993" */
  readonly server: string;
  readonly reason: string;
}

/** Looks at the servers of a test's mailboxes, for their certificates alone; gives those that were not reached. */
export async function lookAtMailboxes(
  test: MailTest,
  { target, mailboxes = [] }: Pick<TestRequest, "target" | "mailboxes">,
  { onCertificates }: Required<Pick<ProbeRuntime, "onCertificates">>,
  surroundings: Surroundings,
): Promise<readonly Unseen[]> {
  const { redactor, interrupted } = surroundings;
  const seen = new Set<string>();
  const runtime: ProbeRuntime = {
    ...commandRuntime(surroundings, redactor),
    ...mailWorld(test),
    onCertificates: (server, chain) => {
      if (chain.length > 0) seen.add(`${server.host}:${server.port}`);
      onCertificates(server, chain);
    },
  };
  const { dnsServers } = target;
  // One server may have several of the mailboxes.
  const servers = new Map(mailboxes.map((mailbox) => [`${mailbox.host}:${mailbox.port}`, mailbox]));
  const looks = [...servers].map(async ([server, mailbox]): Promise<Unseen[]> => {
    const problem = await lookAtMailbox({ ...(dnsServers && { dnsServers }), ...mailbox }, runtime, interrupted);
    if (seen.has(server) || mailbox.security === "none") return [];
    return [{ server, reason: redactor.redact(problem?.summary ?? "it showed none") }];
  });
  return (await Promise.all(looks)).flat();
}
