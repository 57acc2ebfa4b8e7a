import { Authority, type Issued } from "../../lib/mail/server/certificates";
import { ImapConversation, type ImapServing } from "./imap-conversation";
import { ImapFolder } from "./imap-folders";
import type { ImapScript } from "./imap-script";
import { LoopbackServer } from "./loopback-server";

export { HANG_UP, SILENCE, type ImapScript } from "./imap-script";

const OFFER = "IMAP4rev1 ID NAMESPACE SPECIAL-USE UIDPLUS";
export const IMAP_DEFAULTS: ImapScript = {
  greeting: "* OK scripted IMAP ready\r\n",
  capabilities: `${OFFER} STARTTLS LOGINDISABLED`,
  capabilitiesTls: `${OFFER} AUTH=PLAIN AUTH=LOGIN AUTH=XOAUTH2`,
  user: "oncall@example.com",
  password: "correct horse",
  token: "ya29.token",
  answers: {},
};

export interface ScriptedImap {
  readonly port: number;
  /** PEM of the authority of its certificate. */
  readonly ca: string;
  /** Every line received, without tags, in order, over all connections. */
  readonly lines: readonly string[];
  readonly folders: Map<string, ImapFolder>;
  readonly inbox: ImapFolder;
  /** Connections that are open now. */
  connections(): number;
  /** A number that changes whenever something is received or sent. */
  activity(): number;
  /** Resolves once the other side has closed all connections. */
  quiet(): Promise<void>;
  close(): Promise<void>;
}

export interface ScriptedImapOptions {
  readonly certificate?: Issued;
  /** The certificate of each handshake, where they differ. */
  readonly certificateOf?: () => Issued;
  /** TLS from the first byte. */
  readonly implicitTls?: boolean;
  /** Never encrypts. */
  readonly plain?: boolean;
  /** What becomes of everything that is said, before it is sent. */
  readonly garble?: (text: string) => string;
  /** Besides INBOX. */
  readonly folders?: readonly ImapFolder[];
}

const authority = Authority.create("Scripted IMAP CA");
const usual = authority.issue({ name: "127.0.0.1", hosts: ["127.0.0.1", "localhost"] });
export const imapAuthority = authority;

/**
 * An IMAP server small enough to be read and strict enough to be believed: it serves its folders, and
 * refuses what it does not know. A test replaces the one answer it is about. @see RFC 3501
 */
export async function startScriptedImap(
  overrides: Partial<ImapScript> = {},
  {
    certificate = usual,
    certificateOf = () => certificate,
    implicitTls = false,
    plain = false,
    folders = [],
    garble = (text) => text,
  }: ScriptedImapOptions = {},
): Promise<ScriptedImap> {
  const lines: string[] = [];
  let accepted = 0;
  const inbox = new ImapFolder("INBOX");
  const all = new Map([inbox, ...folders].map((folder) => [folder.name, folder]));
  const script = { ...IMAP_DEFAULTS, ...overrides };
  const server = await LoopbackServer.start((socket, { secure }) => {
    accepted++;
    const serving: ImapServing = {
      script,
      folders: all,
      hear: (line) => lines.push(line),
      garble,
      encrypt: (below) => {
        const { key, certificate: cert } = certificateOf();
        return secure(below, { key, cert });
      },
    };
    const state = { loggedIn: false, folder: undefined, readOnly: true };
    const first = implicitTls
      ? { ...state, socket: serving.encrypt(socket), encrypted: true }
      : { ...state, socket, encrypted: plain };
    new ImapConversation(serving, first).begin();
  });
  const { sockets } = server;
  return {
    port: server.port,
    ca: authority.pem,
    lines,
    folders: all,
    inbox,
    connections: () => sockets.size,
    activity: () => [...sockets].reduce((sum, socket) => sum + socket.bytesRead + socket.bytesWritten, accepted),
    quiet: async () => {
      for (const socket of sockets)
        if (!socket.destroyed) await new Promise((resolve) => socket.once("close", resolve));
    },
    close: () => server.close(),
  };
}
