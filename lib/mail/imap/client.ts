import type { ImapFlow } from "imapflow";
import { tlsOptions } from "../wire/tls-options";
import type { ImapMailbox } from "./mailbox";
import type { ReachedMailbox } from "./reach";

/** The most bytes of a message that are fetched. */
export const LONGEST_MESSAGE = 1_048_576;
/** Responses without literals are far shorter, and the time to read a line grows with its length. */
const LONGEST_LINE = 65_536;
/** The most bytes in one session; more is a flood. */
export const MOST_BYTES = 32 * 1_048_576;

/** imapflow's method for custom commands, which its types do not declare. */
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
 * Makes a client that connects to the address that was just judged, with the same rules of encryption. It logs nothing,
 * uses no compression (a few bytes could become gigabytes) and starts nothing by itself.
 */
export async function newClient(mailbox: ImapMailbox, reached: ReachedMailbox): Promise<ImapFlow & Commands> {
  const { ImapFlow } = await import("imapflow");

  class Client extends ImapFlow {
    /** Even without QRESYNC, a server could make the base class count to 2^24 here, again and again. */
    async untaggedVanished(): Promise<void> {
      // The client keeps no list from which messages could vanish.
    }
  }

  const { username, password } = mailbox;
  // The certificate must match the configured host; naming the host here would undo the pinning.
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
