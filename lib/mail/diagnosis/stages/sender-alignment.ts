import type { AlignmentCheck } from "../../alignment/alignment";
import type { Arrival } from "../../imap/mailbox";
import { nameServers } from "../../wire/name-servers";
import { DKIM, DMARC, SPF } from "../../stage/stage";
import type { ServerRun } from "../server-run";

/** What is found out beyond the server's consent: whether the mail arrived, and whether its sender can be believed. */

/** What to find out about the sender's domain. */
export interface AlignmentOptions {
  /** Addresses from which the mail leaves for the internet. @default those of the SMTP server */
  readonly sourceIps?: readonly string[];
  /** Asks the large block lists for the declared addresses. @default false */
  readonly blockLists?: boolean;
  /** DKIM selectors whose keys are looked up where no arrived message shows a signature. */
  readonly selectors?: readonly string[];
  /** Checks that fail the test; the others warn. */
  readonly require: readonly AlignmentCheck[];
}

/**
 * SPF, DKIM and DMARC of the sender: of the message as it arrived, else of what DNS alone tells; and the addresses it
 * leaves from, where they are declared.
 */
export async function judgeSender(
  run: ServerRun,
  wanted: AlignmentOptions,
  /** Those of the SMTP server, as resolved. */
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
