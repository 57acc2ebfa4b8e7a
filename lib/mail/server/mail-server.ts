import { createHash, timingSafeEqual } from "node:crypto";
import type { AddressInfo } from "node:net";
import type { SMTPServer, SMTPServerOptions, SMTPServerSession } from "smtp-server";
import { systemClock, type Clock } from "../../core/clock";
import { Authority, type Issued } from "./certificates";
import { Greylist, type MailFaults } from "./faults";
import { Inbox } from "./inbox";
import { readMessage } from "./message-reader";

export type MailServerMode = "starttls" | "tls" | "plain";

/** A refusal in the server's words: `{ code: 550, text: "5.1.1 User unknown" }`. */
export interface SmtpRefusal {
  readonly code: number;
  readonly text: string;
}

/** The server's policy; undefined accepts. */
export interface MailHooks {
  connect?(client: { readonly address: string }): SmtpRefusal | undefined;
  /** Called before the password is checked. */
  login?(user: string): SmtpRefusal | undefined;
  sender?(address: string, user: string | undefined): SmtpRefusal | undefined;
  receiver?(address: string, user: string | undefined): SmtpRefusal | undefined;
  message?(message: { readonly subject: string; readonly bytes: number }): SmtpRefusal | undefined;
}

export interface MailServerOptions {
  /** @default "127.0.0.1" */
  readonly host?: string;
  /** @default any free port */
  readonly port?: number;
  readonly mode: MailServerMode;
  /** User to password; with users, a login is required. @default none */
  readonly users?: Readonly<Record<string, string>>;
  /** @default PLAIN and LOGIN */
  readonly authMechanisms?: readonly ("PLAIN" | "LOGIN")[];
  /** @default one for the host and "localhost", issued by an authority made at start */
  readonly certificate?: Issued & { readonly ca: string };
  /** @default "mail.sandbox.test" */
  readonly name?: string;
  /** Bytes. @default 10 MB */
  readonly sizeLimit?: number;
  readonly hooks?: MailHooks;
  /** May be changed while the server runs. @default none */
  readonly faults?: MailFaults;
  /** Several servers may share one. @default its own */
  readonly inbox?: Inbox;
  readonly clock?: Clock;
  /** Makes queue ids. */
  readonly random?: () => number;
}

export interface MailServer {
  readonly host: string;
  readonly port: number;
  /** "smtp://127.0.0.1:2525", "smtps://…" with implicit TLS. */
  readonly url: string;
  /** PEM of the authority that issued the certificate. */
  readonly ca: string;
  readonly thumbprintSha1: string;
  readonly inbox: Inbox;
  /** Changes take effect at once. */
  readonly faults: MailFaults;
  close(): Promise<void>;
}

/** Starts a real SMTP server on a loopback address that stores what it accepts in an inbox. */
export async function startMailServer(options: MailServerOptions): Promise<MailServer> {
  const { SMTPServer: Server } = await import("smtp-server");
  const host = options.host ?? "127.0.0.1";
  const clock = options.clock ?? systemClock;
  const inbox = options.inbox ?? new Inbox(clock);
  const faults: MailFaults = options.faults ?? {};
  const certificate = options.certificate ?? ownCertificate(host);
  const hangUp = (session?: SMTPServerSession) => {
    for (const connection of server.connections) {
      if (session === undefined || connection.session.id === session.id) tearDown(connection);
    }
  };
  const server: SMTPServer = new Server({
    ...transport(options, certificate),
    ...policy(options, { inbox, faults, clock, hangUp }),
    name: options.name ?? "mail.sandbox.test",
    banner: "ready",
    size: options.sizeLimit ?? 10_000_000,
    logger: false,
    disableReverseLookup: true,
    closeTimeout: 100,
  });
  // Broken connections are expected here; the client reports them.
  server.on("error", () => undefined);
  await new Promise<void>((resolve, reject) => {
    server.server.once("error", reject);
    server.listen(options.port ?? 0, host, () => resolve());
  });
  const { port } = server.server.address() as AddressInfo;
  return {
    host,
    port,
    url: `${options.mode === "tls" ? "smtps" : "smtp"}://${host}:${port}`,
    ca: certificate.ca,
    thumbprintSha1: certificate.thumbprintSha1,
    inbox,
    faults,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        hangUp();
      }),
  };
}

function ownCertificate(host: string): Issued & { ca: string } {
  const authority = Authority.create();
  return {
    ...authority.issue({ name: "mail.sandbox.test", hosts: [host, "localhost", "mail.sandbox.test"] }),
    ca: authority.pem,
  };
}

function transport({ mode, users, authMechanisms }: MailServerOptions, certificate: Issued): SMTPServerOptions {
  return {
    secure: mode === "tls",
    key: certificate.key,
    cert: certificate.certificate,
    authMethods: [...(authMechanisms ?? ["PLAIN", "LOGIN"])],
    authOptional: users === undefined,
    authRequiredMessage: "5.7.0 Authentication required",
    // A server with plain text on purpose accepts passwords in plain text.
    allowInsecureAuth: mode === "plain",
    disabledCommands: [...(mode === "plain" ? ["STARTTLS"] : []), ...(users === undefined ? ["AUTH"] : [])],
    // The library would put its own enhanced code before each of ours.
    hideENHANCEDSTATUSCODES: true,
  };
}

interface Surroundings {
  readonly inbox: Inbox;
  readonly faults: MailFaults;
  readonly clock: Clock;
  /** Breaks the connection of a session, or all of them. */
  hangUp(session?: SMTPServerSession): void;
}

function policy(options: MailServerOptions, { inbox, faults, clock, hangUp }: Surroundings): SMTPServerOptions {
  const { hooks = {}, users = {}, random = Math.random } = options;
  const greylist = new Greylist(clock);
  const userOf = (session: SMTPServerSession) => (typeof session.user === "string" ? session.user : undefined);
  return {
    onConnect(session, done) {
      if (faults.silent) return;
      if (faults.hideStartTls) session.disabledCommands = ["STARTTLS", ...(options.users ? [] : ["AUTH"])];
      const refusal = faults.refuseClients
        ? { code: 554, text: "5.7.1 Service unavailable; client host blocked" }
        : hooks.connect?.({ address: session.remoteAddress });
      done(asError(refusal));
    },
    onAuth(auth, _session, done) {
      const refusal = hooks.login?.(auth.username ?? "");
      if (refusal) return done(asError(refusal) ?? null);
      const expected = users[auth.username ?? ""];
      const right = expected !== undefined && sameText(auth.password ?? "", expected);
      if (right) return done(null, { user: auth.username });
      done(asError({ code: 535, text: "5.7.8 Error: authentication failed" }) ?? null);
    },
    onMailFrom({ address }, session, done) {
      done(asError(hooks.sender?.(address, userOf(session))));
    },
    onRcptTo({ address }, session, done) {
      const { mailFrom } = session.envelope;
      const triplet = [session.remoteAddress, mailFrom ? mailFrom.address : "", address].join(" ");
      const refusal = hooks.receiver?.(address, userOf(session)) ?? faults.refuseReceivers?.[address];
      done(asError(refusal ?? greylist.refusal(triplet, faults.greylistMs)));
    },
    onData(stream, session, done) {
      const queueId = newQueueId(random);
      readMessage(stream, session, { queueId, receivedAt: clock.now(), user: userOf(session) }).then(
        ({ message, original }) => {
          if (stream.sizeExceeded) return done(asError({ code: 552, text: "5.3.4 Message size exceeds fixed limit" }));
          if (faults.dropBeforeReply) return hangUp(session);
          const refusal = hooks.message?.(message);
          if (refusal) return done(asError(refusal));
          inbox.add(message, original);
          if (faults.dropAfterData) return hangUp(session);
          done(null, `2.0.0 Ok: queued as ${queueId}`);
        },
        () => done(asError({ code: 451, text: "4.3.0 Error: queue file write error" })),
      );
    },
  };
}

type Connection = SMTPServer["connections"] extends Set<infer C> ? C : never;

/** Destroys the topmost socket: destroying the one below a TLS handshake crashes Node. */
function tearDown(connection: Connection): void {
  const { _socket: socket, _upgrading: upgrading } = connection as Connection & { readonly _upgrading?: boolean };
  // During STARTTLS the topmost one is out of reach; the server's own close ends it.
  if (!upgrading) socket.destroy();
}

function asError(refusal: SmtpRefusal | undefined): (Error & { responseCode: number }) | undefined {
  return refusal && Object.assign(new Error(refusal.text), { responseCode: refusal.code });
}

/** Ten hexadecimal digits, as Postfix writes them. */
function newQueueId(random: () => number): string {
  return Array.from({ length: 10 }, () => Math.floor(random() * 16).toString(16))
    .join("")
    .toUpperCase();
}

/** Compares in constant time, whatever differs, and whatever the length. */
function sameText(a: string, b: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}
