import { isIP } from "node:net";
import { createTransport } from "nodemailer";
import { smtpSocket } from "./connect";

/** A mail that a simulated platform really sends: by its own settings and with its own texts. */
export interface SimulatedMail {
  /** The address to connect to. */
  readonly host: string;
  readonly port: number;
  /** The name that the certificate must be issued for, when the host is one. */
  readonly name: string;
  readonly security: "none" | "starttls" | "tls";
  readonly auth?: { readonly user: string; readonly pass: string };
  /** PEM of the trusted authorities; omitted when the platform has checked the certificate itself. */
  readonly trusted?: readonly string[];
  readonly from: { readonly name: string; readonly address: string };
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
  /** "VMware Aria Operations" */
  readonly mailer: string;
}

export interface SentMail {
  readonly messageId: string;
  readonly response: string;
  readonly rejected: readonly string[];
}

const SMTP_MS = 5_000;

/** Sends one mail; rejects with the error of the connection, TLS or the server. */
export async function sendSimulated(mail: SimulatedMail): Promise<SentMail> {
  const servername = isIP(mail.name) ? {} : { servername: mail.name };
  const transport = createTransport({
    host: mail.host,
    port: mail.port,
    secure: mail.security === "tls",
    requireTLS: mail.security === "starttls",
    ignoreTLS: mail.security === "none",
    tls:
      mail.trusted === undefined
        ? { rejectUnauthorized: false, ...servername }
        : { ca: [...mail.trusted], ...servername },
    ...(mail.auth ? { auth: { ...mail.auth } } : {}),
    getSocket: smtpSocket(SMTP_MS),
    connectionTimeout: SMTP_MS,
    greetingTimeout: SMTP_MS,
    socketTimeout: SMTP_MS,
  });
  try {
    const sent = await transport.sendMail({
      from: mail.from,
      to: [...mail.to],
      subject: mail.subject,
      text: mail.text,
      headers: { "Auto-Submitted": "auto-generated", "X-Mailer": mail.mailer },
    });
    return { messageId: sent.messageId, response: sent.response, rejected: sent.rejected.map(String) };
  } finally {
    transport.close();
  }
}
