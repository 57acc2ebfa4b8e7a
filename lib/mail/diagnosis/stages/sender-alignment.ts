import type { AlignmentCheck } from "../../alignment/alignment";
import type { Arrival } from "../../imap/mailbox";
import { nameServers } from "../../wire/name-servers";
import { DKIM, DMARC, SPF } from "../../stage/stage";
import type { ServerRun } from "../server-run";

/** What is found out beyond the server's consent: whether the mail arrived, and whether its sender can be believed. */

/** What to find out about the sender's domain. */
export interface AlignmentOptions {
  /** Addresses from which the mail goes to the internet. @default those of the SMTP server */
  readonly sourceIps?: readonly string[];
  /** Queries the large block lists for the declared addresses. @default false */
  readonly blockLists?: boolean;
  /** DKIM selectors whose keys are looked up when no arrived message has a signature. */
  readonly selectors?: readonly string[];
  /** Checks whose failure fails the test; the others warn. */
  readonly require: readonly AlignmentCheck[];
}

/**
 * Judges SPF, DKIM and DMARC of the sender, from the message that arrived, else from DNS alone; and its sending
 * addresses, where they are declared.
 */
export async function judgeSender(
  run: ServerRun,
  wanted: AlignmentOptions,
  /** The addresses of the SMTP server, as resolved. */
  addresses: readonly string[],
  arrival: Arrival | undefined,
): Promise<void> {
  const { target, log, deadline } = run;
  if (deadline.signal.aborted) {
    for (const name of [SPF, DKIM, DMARC]) log.skip(name, "not reached: interrupted");
    return;
  }
  const { judgeAlignment, judgeSendingAddresses } = await import("../../alignment");
  const request = {
    from: target.from,
    sourceIps: wanted.sourceIps ?? addresses,
    sourceIpsDeclared: wanted.sourceIps !== undefined,
    selectors: wanted.selectors ?? [],
    require: wanted.require,
    ...(arrival && { raw: arrival.raw, junk: arrival.junk, authenticationResults: arrival.authenticationResults }),
  };
  const servers = nameServers(target.dnsServers);
  await judgeAlignment(run, request, servers);
  const { sourceIps, blockLists = false } = wanted;
  if (sourceIps !== undefined) await judgeSendingAddresses(run, { sourceIps, blockLists }, servers);
}
