import { printable } from "../../core/printable";
import { messageOf } from "../../core/thrown";
import { HandshakeClosed } from "./handshake";

/** Why a TLS handshake failed, in words that need no knowledge of OpenSSL. */
export type TlsFailure =
  /** The other side does not use TLS. */
  | { readonly kind: "plain-text"; readonly words: string }
  /** There is no version, cipher or parameter in common. */
  | { readonly kind: "nothing-in-common"; readonly words: string }
  /** The server has no certificate for the requested name. */
  | { readonly kind: "unknown-name"; readonly words: string }
  /** The server failed; some do when they have no certificate for the name. */
  | { readonly kind: "internal-error"; readonly words: string }
  | { readonly kind: "client-certificate"; readonly words: string }
  | { readonly kind: "closed"; readonly words: string }
  | { readonly kind: "other"; readonly words: string };

const KINDS: readonly (readonly [Exclude<TlsFailure["kind"], "other">, RegExp])[] = [
  ["plain-text", /WRONG_VERSION_NUMBER|HTTP_REQUEST|PACKET_LENGTH_TOO_LONG/],
  [
    "nothing-in-common",
    /UNSUPPORTED_PROTOCOL|PROTOCOL_VERSION|NO_SHARED_CIPHER|NO_PROTOCOLS|HANDSHAKE_FAILURE|INSUFFICIENT_SECURITY|KEY_TOO_SMALL|LEGACY_RENEGOTIATION|UNKNOWN_CIPHER|NO_CIPHERS|INAPPROPRIATE_FALLBACK|WRONG_SIGNATURE_TYPE|NO_SUITABLE/,
  ],
  ["unknown-name", /UNRECOGNIZED_NAME/],
  ["internal-error", /ALERT_INTERNAL_ERROR/],
  ["client-certificate", /CERTIFICATE_REQUIRED|ALERT_(BAD|NO)_CERTIFICATE/],
  ["closed", /^(ECONNRESET|EPIPE)$|UNEXPECTED_EOF/],
];

export function tlsFailureOf(error: unknown): TlsFailure {
  if (error instanceof HandshakeClosed) return { kind: "closed", words: "" };
  const reason = reasonOf(error);
  const kind = KINDS.find(([, sign]) => sign.test(reason))?.[0] ?? "other";
  return { kind, words: tlsWords(error) };
}

/** "alert internal error"; an error that is not TLS's keeps its message. */
export function tlsWords(error: unknown): string {
  const reason = reasonOf(error);
  if (!/^[A-Z0-9_]+$/.test(reason) || /^E[A-Z]+$/.test(reason)) return reason;
  return reason
    .replace(/^(SSL|TLS)V\d+_/, "")
    .replaceAll("_", " ")
    .toLowerCase();
}

/** "TLSV1_ALERT_INTERNAL_ERROR": by the code, or by the message where a library has replaced the code. */
function reasonOf(error: unknown): string {
  const { code } = (error ?? {}) as { code?: unknown };
  const named = typeof code === "string" ? code : "";
  if (/^ERR_(SSL|TLS)_/.test(named)) return named.replace(/^ERR_(SSL|TLS)_/, "");
  const message = messageOf(error);
  // "80AC2790E87F0000:error:0A000438:SSL routines:ssl3_read_bytes:tlsv1 alert internal error:../deps/…"
  const [, reason] = /error:[0-9A-F]+:[^:]*:[^:]*:([^:]+)/i.exec(message) ?? [];
  return reason?.toUpperCase().replaceAll(" ", "_") ?? (named || printable(message));
}
