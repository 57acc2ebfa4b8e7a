import { createHash } from "node:crypto";
import { isIP, type Socket } from "node:net";
import { connect as connectTls, rootCertificates, type TLSSocket } from "node:tls";
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
  const replies = readReplies(socket);
  expect(await replies.next(), "220");
  socket.write("EHLO vrops.example.com\r\n");
  const ehlo = await replies.next();
  expect(ehlo, "250");
  if (!/^250[ -]STARTTLS/im.test(ehlo)) throw new Error("STARTTLS is required but host does not support STARTTLS");
  socket.write("STARTTLS\r\n");
  expect(await replies.next(), "220");
  replies.stop();
}

function expect(reply: string, code: string): void {
  if (!reply.startsWith(code)) throw new Error(`Unexpected SMTP reply: ${reply.trim()}`);
}

/** Reads complete SMTP replies (the last line has a space after the code), one at a time. */
function readReplies(socket: Socket) {
  let buffer = "";
  let wake: (() => void) | undefined;
  let failure: Error | undefined;
  const onData = (chunk: Buffer) => {
    buffer += chunk.toString("latin1");
    wake?.();
  };
  const onEnd = (error?: Error) => {
    failure = error ?? new Error("The SMTP server closed the connection");
    wake?.();
  };
  socket
    .on("data", onData)
    .on("error", onEnd)
    .on("close", () => onEnd());
  return {
    async next(): Promise<string> {
      for (;;) {
        const whole = /^(?:\d{3}-[^\n]*\n)*\d{3}(?: [^\n]*)?\n/.exec(buffer)?.[0];
        if (whole !== undefined) {
          buffer = buffer.slice(whole.length);
          return whole;
        }
        if (failure) throw failure;
        await new Promise<void>((resolve) => (wake = resolve));
      }
    },
    stop: () => void socket.off("data", onData),
  };
}

function once(socket: Socket, event: "secureConnect"): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once("error", reject);
    socket.once("close", () => reject(new Error("The connection was closed")));
    socket.once(event, () => resolve());
  });
}
