import { createTransport } from "nodemailer";
import { smtpSocket } from "../../kit/simulator/connect";
import { knownAddress, type Outlet } from "../../kit/simulator/connectivity";
import type { Table } from "../../kit/simulator/table";
import { connection, mail, named, type EnteredConnection } from "../contract";

const SMTP_MS = 5_000;

/** The connections that a person has entered. Ksaar sends through them with Nodemailer. */
export class KsaarScreen {
  constructor(private readonly connections: Table<EnteredConnection>) {}

  enter(argument: unknown): void {
    const entered = connection.parse(argument);
    // There is always one default: the first, until another one becomes it.
    const others = this.connections.list(({ name }) => name !== entered.name);
    const isDefault = entered.default || others.every((other) => !other.default);
    if (isDefault) for (const other of others) this.connections.patch(other.name, { default: false });
    this.connections.set(entered.name, { ...entered, default: isDefault });
  }

  remove(argument: unknown): void {
    const { name } = this.find(named.parse(argument).name);
    this.connections.delete(name);
  }

  /** The password is never shown again. */
  shown(): readonly Record<string, unknown>[] {
    return this.connections.list().map((one) => ({
      name: one.name,
      sender: one.sender,
      replyTo: one.replyTo ?? one.sender,
      host: one.host,
      port: one.port,
      authentication: one.authentication,
      user: one.user ?? "",
      password: one.password === undefined ? "" : "••••••••",
      secure: one.secure,
      default: one.default,
    }));
  }

  /**
   * The outlets; each mail action of a workflow has its own receivers. Without `secure`, STARTTLS is used where the server
   * offers it.
   */
  outlets(): Outlet[] {
    return this.connections.list().map(({ name, host, port, secure }) => ({
      name,
      enabled: true,
      smtp: { host, port, security: secure ? "tls" : "starttls", ip: knownAddress(host, {}) },
      receivers: [],
    }));
  }

  async test(argument: unknown): Promise<{ readonly success: boolean; readonly notice: string }> {
    const transport = this.transport(this.find(named.parse(argument).name));
    try {
      await transport.verify();
      return { success: true, notice: "Connexion réussie" };
    } catch {
      // The real one reports no more than this either.
      return { success: false, notice: "La connexion a échoué" };
    } finally {
      transport.close();
    }
  }

  async send(argument: unknown): Promise<{ readonly messageId: string }> {
    const { name, to, subject, text } = mail.parse(argument);
    const by = this.find(name);
    const transport = this.transport(by);
    try {
      const sent = await transport.sendMail({ from: by.sender, replyTo: by.replyTo ?? by.sender, to, subject, text });
      return { messageId: sent.messageId };
    } finally {
      transport.close();
    }
  }

  private find(name: string | undefined): EnteredConnection {
    const found = name === undefined ? this.connections.list().find((one) => one.default) : this.connections.get(name);
    if (found === undefined) throw new Error(name === undefined ? "no default connection" : `no connection "${name}"`);
    return found;
  }

  private transport({ host, port, secure, user, password, authentication, ca }: EnteredConnection) {
    return createTransport({
      host,
      port,
      secure,
      ...(user === undefined ? {} : { auth: { user, pass: password ?? "" }, authMethod: authentication }),
      ...(ca === undefined ? {} : { tls: { ca } }),
      getSocket: smtpSocket(SMTP_MS),
      connectionTimeout: SMTP_MS,
      greetingTimeout: SMTP_MS,
      socketTimeout: SMTP_MS,
    });
  }
}
