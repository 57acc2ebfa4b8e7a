import type { ImapFlow } from "imapflow";
import { tlsOptions } from "../wire/tls-options";
import type { ImapMailbox } from "./mailbox";
import type { ReachedMailbox } from "./reach";

/** What is fetched of a message at most. */
export const LONGEST_MESSAGE = 1_048_576;
/** Responses without literals are far shorter, and reading a line takes longer the longer it is. */
const LONGEST_LINE = 65_536;
/** Of everything the server sends in one session, before it counts as a flood. */
export const MOST_BYTES = 32 * 1_048_576;

/** imapflow's way to send a command of one's own, which its types keep to themselves. */
export interface Commands {
  exec(
    command: string,
    attributes: readonly ImapAttribute[],
    options?: { readonly untagged: Readonly<Record<string, (response: Untagged) => Promise<void>>> },
  ): Promise<{ next(): void }>;
}

export type ImapAttribute =
  { readonly type: "ATOM" | "STRING" | "SEQUENCE"; readonly value: string } | readonly ImapAttribute[];

export interface Untagged {
  readonly attributes?: readonly ({ readonly value?: unknown } | null)[];
}

/**
 * A client that connects to the very address that was just judged, by the same rules of encryption. It
 * logs nothing, uses no compression (a few bytes could become gigabytes) and starts nothing by itself.
 */
export async function newClient(mailbox: ImapMailbox, reached: ReachedMailbox): Promise<ImapFlow & Commands> {
  const { ImapFlow } = await import("imapflow");

  class Client extends ImapFlow {
    /** A server that was never asked for QRESYNC could make the base class count to 2^24 here, again and again. */
    async untaggedVanished(): Promise<void> {
      // Nothing is kept that could have vanished.
    }
  }

  const { username, password } = mailbox;
  // The certificate must be made for the host as configured; naming the host here would undo the pinning.
  const { host: _, ...tls } = tlsOptions(mailbox.host, reached.ca);
  const client = new Client({
    host: reached.ip,
    port: mailbox.port,
    secure: mailbox.security === "tls",
    doSTARTTLS: mailbox.security === "starttls",
    tls: { rejectUnauthorized: true, ...tls },
    auth: { user: username, ...(mailbox.accessToken === true ? { accessToken: password } : { pass: password }) },
    clientInfo: { name: "cdktf-provider-outbound", version: false, vendor: false, "support-url": false },
    logger: false,
    disableCompression: true,
    disableAutoEnable: true,
    disableAutoIdle: true,
    disableIMAP4rev2: true,
    disableBinary: true,
    maxLineLength: LONGEST_LINE,
    maxLiteralSize: LONGEST_MESSAGE + LONGEST_LINE,
    maxResponseSize: LONGEST_MESSAGE + 3 * LONGEST_LINE,
  });
  return client as Client & Commands;
}
