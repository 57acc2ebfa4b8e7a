import { whenAborted } from "../../core/signals";
import { isIP } from "node:net";
import { reasonOf } from "../../core/clock";
import { trusting } from "../wire/tls-options";
import { guardAgainstFlood } from "./flood-guard";
import type { TestMessage } from "./message";
import type { UsableServer } from "./usable-server";
import type { Target } from "./target";
import type { ExchangeLog } from "./exchange-log";

/** The share of the remaining time for the greeting of the second connection. */
const GREETING_SHARE = 0.6;
/** A server may examine a message for minutes before it accepts it. @see RFC 5321 section 4.5.3.2.6 */
const REPLY_MS = 300_000;
const LONGEST_REPLY = 64 * 1024;

/** The message as it is sent. */
export async function compose(message: TestMessage, fromName: string | undefined, target: Target): Promise<Buffer> {
  const { default: MailComposer } = await import("nodemailer/lib/mail-composer");
  return new MailComposer({
    from: { name: fromName ?? "", address: target.from },
    to: target.to.map((address) => ({ name: "", address })),
    subject: message.subject,
    text: message.text,
    messageId: message.messageId,
    date: message.date,
    headers: { ...message.headers },
    // Nothing in a test mail may make nodemailer read files or fetch URLs.
    disableFileAccess: true,
    disableUrlAccess: true,
  })
    .compile()
    .build();
}

/** What sending needs besides the message. */
export interface Sending {
  /** Records the server's answers. */
  readonly exchanges: ExchangeLog;
  /** The time limit, milliseconds. */
  readonly ms: number;
  readonly signal: AbortSignal;
}

/**
 * Sends by nodemailer to the address that the probe has used. The server's answers are in `exchanges`; rejects with
 * nodemailer's error, see {@link explainSend}.
 */
export async function send(
  raw: Buffer,
  target: Target,
  reached: UsableServer,
  { exchanges, ms, signal }: Sending,
): Promise<void> {
  const { default: SmtpConnection } = await import("nodemailer/lib/smtp-connection");
  const limit = Math.max(1, Math.ceil(ms));
  const waits = { greeting: Math.min(Math.ceil(limit * GREETING_SHARE), REPLY_MS), reply: Math.min(limit, REPLY_MS) };
  const connection = new SmtpConnection({
    host: reached.ip,
    port: target.port,
    secure: target.security === "tls",
    requireTLS: target.security === "starttls",
    ignoreTLS: target.security === "none",
    name: reached.clientName,
    // The certificate must match the configured host; `tls.host` would undo the pinning.
    tls: {
      rejectUnauthorized: true,
      ...(isIP(target.host) === 0 ? { servername: target.host } : {}),
      ...trusting(reached.ca),
    },
    connectionTimeout: waits.greeting,
    greetingTimeout: waits.greeting,
    socketTimeout: waits.reply,
    maxResponseSize: LONGEST_REPLY,
    socketCloseTimeout: 1_000,
    logger: exchanges.logger,
    transactionLog: true,
  });
  exchanges.watch(raw, () => connection._socket);
  // nodemailer reports some endings by an event only, so every phase races with them.
  let stopListening: () => void = () => undefined;
  const failed = new Promise<never>((_, reject) => {
    connection.on("error", reject);
    connection.on("end", () => reject(new Error("the connection ended")));
    stopListening = whenAborted(signal, () => reject(reasonOf(signal)));
    guardAgainstFlood(connection, target.to.length, reject);
  });
  failed.catch(() => undefined);
  const phase = <T>(begin: (done: (error: Error | null | undefined, value?: T) => void) => void) =>
    Promise.race([
      failed,
      new Promise<T>((resolve, reject) => begin((error, value) => (error ? reject(error) : resolve(value as T)))),
    ]);
  try {
    await phase<unknown>((done) => connection.connect(done));
    const { login } = target;
    if (login && reached.mechanism) {
      const { mechanism } = reached;
      const auth = {
        user: login.username,
        pass: login.password,
        method: mechanism,
        ...(mechanism === "XOAUTH2" ? { oauth2: await withToken(login.username, login.password) } : {}),
      };
      await phase<unknown>((done) => connection.login(auth, done));
    }
    const envelope = { from: target.from, to: [...target.to], size: raw.length };
    await phase<unknown>((done) => connection.send(envelope, raw, done));
    connection.quit();
  } catch (error) {
    exchanges.broken(error);
    connection.close();
    throw timedOut(error)
      ? Object.assign(error, { waitedMs: waits[error.timeoutType === "SOCKET_TIMEOUT" ? "reply" : "greeting"] })
      : error;
  } finally {
    stopListening();
  }
}

/** nodemailer timed out in one of its own waits. */
const timedOut = (error: unknown): error is Error & { readonly timeoutType: string } =>
  error instanceof Error && typeof (error as { timeoutType?: unknown }).timeoutType === "string";

/** nodemailer's callback for a login by token: there is no other token. */
async function withToken(user: string, accessToken: string) {
  const { default: XOAuth2 } = await import("nodemailer/lib/xoauth2");
  return new XOAuth2({ user, accessToken });
}
