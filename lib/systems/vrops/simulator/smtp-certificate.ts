import { createHash } from "node:crypto";
import { isIP, type Socket } from "node:net";
import { connect as connectTls, rootCertificates, type TLSSocket } from "node:tls";
import { LineReader, StreamEnded } from "../../../core/line-reader";
import { certificateBlock } from "../../../core/pem";
import { connectWithinSandbox } from "../../kit/simulator/connect";
import type { Certificate } from "../contract";

/** The certificate that an SMTP server presents, and whether it is trusted without a pin. */
export interface SmtpCertificate {
  readonly trusted: boolean;
  /** The digest of the certificate itself, which identifies accepted ones. */
  readonly digest: string;
  readonly wire: Certificate;
}

/**
 * The forms in which certificates are shown: with their SHA-1 as handle, or with a new GUID each time and the certificate
 * beside it.
 */
export const CERTIFICATE_FORMS = ["sha1", "guid-details", "guid-pem", "guid"] as const;
export type CertificateForm = (typeof CERTIFICATE_FORMS)[number];

export interface CertificateQuery {
  readonly host: string;
  readonly port: number;
  /** The name that the certificate must be issued for. */
  readonly name: string;
  readonly startTls: boolean;
  readonly trustedCa?: string;
  readonly form: CertificateForm;
  readonly newId: () => string;
}

const HANDSHAKE_MS = 5_000;

/** Performs a real TLS handshake with the SMTP server; rejects when it does not answer, or not with TLS. */
export async function presentedCertificate(query: CertificateQuery): Promise<SmtpCertificate> {
  const socket = await connectWithinSandbox({ host: query.host, port: query.port, timeoutMs: HANDSHAKE_MS });
  try {
    if (query.startTls) await askForTls(socket);
    const tls = connectTls({
      socket,
      // Only a name: RFC 6066 allows no address here, and the check then uses `host`.
      ...(isIP(query.name) ? { host: query.name } : { servername: query.name }),
      ca: [...rootCertificates, ...(query.trustedCa ? [query.trustedCa] : [])],
      rejectUnauthorized: false,
    });
    await once(tls, "secureConnect");
    return describe(tls, query);
  } finally {
    socket.destroy();
  }
}

function describe(tls: TLSSocket, { form, newId }: Pick<CertificateQuery, "form" | "newId">): SmtpCertificate {
  const certificate = tls.getPeerCertificate();
  const digest = createHash("sha1").update(certificate.raw).digest("hex");
  const issuedTo = String(certificate.subject.CN ?? "");
  const issuedBy = String(certificate.issuer.CN ?? "");
  const base64 = certificate.raw.toString("base64");
  const issued = `Issued: ${issuedBy} , expiry: ${certificate.valid_to}`;
  const signed = `Algorithm: SHA256withRSA\nSignature: ${base64.slice(-340)}\nSignedCertificate: ${base64}`;
  return {
    trusted: tls.authorized,
    digest,
    wire: {
      thumbprint: form === "sha1" ? digest : newId(),
      issuedTo,
      issuedBy,
      expires: certificate.valid_to,
      certificateDetails: form === "guid-details" ? `${issued}\n${signed}` : issued,
      ...(form === "guid-pem" ? { certificate: certificateBlock(certificate.raw) } : {}),
    },
  };
}

/** The plaintext part of the conversation: banner, EHLO, STARTTLS. */
async function askForTls(socket: Socket): Promise<void> {
  const reader = new LineReader(socket, { longestLine: 2_000, mostBuffered: 64_000 });
  expect(await replyFrom(reader), "220");
  socket.write("EHLO vrops.example.com\r\n");
  const ehlo = await replyFrom(reader);
  expect(ehlo, "250");
  if (!/^250[ -]STARTTLS/im.test(ehlo)) throw new Error("STARTTLS is required but host does not support STARTTLS");
  socket.write("STARTTLS\r\n");
  expect(await replyFrom(reader), "220");
  reader.stop();
}

function expect(reply: string, code: string): void {
  if (!reply.startsWith(code)) throw new Error(`Unexpected SMTP reply: ${reply.trim()}`);
}

/** Reads a complete reply: its last line has a space, or nothing, after the code. */
async function replyFrom(reader: LineReader): Promise<string> {
  const lines: string[] = [];
  do lines.push(await nextLine(reader));
  while (/^\d{3}-/.test(lines.at(-1)!));
  return lines.join("\n");
}

/** The socket's own time-out ends the waiting. */
async function nextLine(reader: LineReader): Promise<string> {
  try {
    return await reader.next(new AbortController().signal);
  } catch (error) {
    if (!(error instanceof StreamEnded)) throw error;
    throw error.end.cause ?? new Error("The SMTP server closed the connection");
  }
}

function once(socket: Socket, event: "secureConnect"): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once("error", reject);
    socket.once("close", () => reject(new Error("The connection was closed")));
    socket.once(event, () => resolve());
  });
}
