import type { Clock } from "../../core/clock";
import type { SmtpRefusal } from "./mail-server";

/** Faults of the server; each may be turned on and off while it runs. */
export interface MailFaults {
  /** Accepts connections and sends nothing. */
  silent?: boolean;
  /** Greets every client with a 554. */
  refuseClients?: boolean;
  /** Does not offer STARTTLS, as if a firewall hid it. */
  hideStartTls?: boolean;
  /** Asks unknown senders to retry after this many milliseconds. */
  greylistMs?: number;
  /** Refusals by receiver. */
  refuseReceivers?: Readonly<Record<string, SmtpRefusal>>;
  /** Hangs up after the message, without storing it. */
  dropBeforeReply?: boolean;
  /** Stores the message and hangs up instead of confirming it. */
  dropAfterData?: boolean;
}

/** Records first attempts, by client, sender and receiver. */
export class Greylist {
  private readonly firstSeen = new Map<string, number>();

  constructor(private readonly clock: Clock) {}

  refusal(triplet: string, delayMs: number | undefined): SmtpRefusal | undefined {
    if (delayMs === undefined) return undefined;
    const now = this.clock.now();
    const since = this.firstSeen.get(triplet) ?? now;
    this.firstSeen.set(triplet, since);
    if (now - since >= delayMs) return undefined;
    return { code: 450, text: "4.2.0 Recipient address rejected: Greylisted, please try again later" };
  }
}
