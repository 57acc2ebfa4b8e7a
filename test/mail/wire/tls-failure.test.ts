import { HandshakeClosed } from "../../../lib/mail/wire/handshake";
import { tlsFailureOf } from "../../../lib/mail/wire/tls-failure";

const coded = (code: string, message = code) => Object.assign(new Error(message), { code });
const openssl = (reason: string) =>
  `80AC2790E87F0000:error:0A000438:SSL routines:ssl3_read_bytes:${reason}:../deps/openssl/openssl/ssl/record/rec_layer_s3.c:1601:SSL alert number 80`;

it.each([
  [coded("ERR_SSL_WRONG_VERSION_NUMBER"), "plain-text", "wrong version number"],
  [coded("EPROTO", openssl("wrong version number")), "plain-text", "wrong version number"],
  [coded("ERR_SSL_TLSV1_ALERT_INSUFFICIENT_SECURITY"), "nothing-in-common", "alert insufficient security"],
  [coded("ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE"), "nothing-in-common", "alert handshake failure"],
  [coded("ERR_SSL_DH_KEY_TOO_SMALL"), "nothing-in-common", "dh key too small"],
  [coded("ERR_SSL_TLSV1_UNRECOGNIZED_NAME"), "unknown-name", "unrecognized name"],
  [coded("ERR_SSL_TLSV1_ALERT_INTERNAL_ERROR"), "internal-error", "alert internal error"],
  [new Error(openssl("tlsv1 alert internal error")), "internal-error", "alert internal error"],
  [coded("ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED"), "client-certificate", "alert certificate required"],
  [coded("ECONNRESET"), "closed", "ECONNRESET"],
  [coded("ERR_SSL_UNEXPECTED_EOF_WHILE_READING"), "closed", "unexpected eof while reading"],
  [new HandshakeClosed(), "closed", ""],
  [coded("ERR_SSL_BAD_SIGNATURE"), "other", "bad signature"],
  [new Error("something else"), "other", "something else"],
])("%s", (error, kind, words) => {
  expect(tlsFailureOf(error)).toEqual({ kind, words });
});
