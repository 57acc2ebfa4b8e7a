import type { Clock } from "../../core/clock";
import type { SmtpRefusal } from "./mail-server";

/** How the server misbehaves; each may be turned on and off while it runs. */
export interface MailFaults {
  /** Takes connections and says nothing. */
  silent?: boolean;
  /** Greets every client with a 554. */
  refuseClients?: boolean;
  /** Does not offer STARTTLS, as behind a firewall that hides it. */
  hideStartTls?: boolean;
  /** Tells senders it does not know yet to come back after so many milliseconds. */
  greylistMs?: number;
  /** Refusals by receiver. */
  refuseReceivers?: Readonly<Record<string, SmtpRefusal>>;
  /** Hangs up when the message has arrived, without keeping it. */
  dropBeforeReply?: boolean;
  /** Keeps the message and hangs up instead of saying so. */
  dropAfterData?: boolean;
}

/** Remembers who came when, by client, sender and receiver. */
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
