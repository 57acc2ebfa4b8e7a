import { cutShort } from "../../core/cut-short";
import { quoted, systemError } from "../kit/words";
import type { Certificate } from "./contract";
import { opensslCommand, type TlsServer } from "./openssl-command";
import { thumbprintsOf, type Thumbprints } from "./shown-certificate";
import { normalThumbprint } from "./thumbprint";
import { vropsWords } from "./words";

export const untrustedCertificate = (
  name: string,
  { presented, pin, server }: { presented: readonly Certificate[]; pin: string | null; server: TlsServer | undefined },
  aftermath: string,
) =>
  systemError(vropsWords, pin ? "thumbprint-mismatch" : "untrusted-certificate", {
    summary: pin
      ? `The server of ${quoted(name)} presents another certificate than the pinned one`
      : `vROps does not trust the certificate of the server of ${quoted(name)}`,
    path: ["trusted_certificate_thumbprint"],
    got: presented.map(describeCertificate).join("; "),
    ...(pin ? { expected: `thumbprint ${pin}` } : {}),
    fix: `${howToPin(thumbprintsOf(presented[0] ?? {}), pin, server)} ${aftermath}`,
  });

/** How to compare the certificate that vROps shows with that of the server itself, and which value to pin then. */
function howToPin({ sha256, handle = "" }: Thumbprints, pin: string | null, server: TlsServer | undefined): string {
  const digits = normalThumbprint(sha256 ?? handle).length;
  const asked = "asking who runs it";
  if (digits !== 40 && digits !== 64) {
    return `vROps shows only an id of its own, which nobody can compare, and not the certificate. Look at the certificate with ${opensslCommand(server, "sha256")}, ${asked}. Only if issuer and expiry are the same, set trusted_certificate_thumbprint = ${quoted(handle)}; vROps may give another id each time, then let its administrator import the authority of the server instead.`;
  }
  const [digest, title] = digits === 64 ? (["sha256", "SHA-256"] as const) : (["sha1", "SHA-1"] as const);
  const other = pin !== null && sha256 === undefined && normalThumbprint(pin).length !== digits;
  const note = other ? ` This vROps shows no digest but ${title}, so the pin must be that one.` : "";
  return `Compare the thumbprint with the server's own (${opensslCommand(server, digest)}), ${asked}. Only if it is the same, set trusted_certificate_thumbprint = ${quoted(sha256 ?? handle)}.${note}`;
}

function describeCertificate(certificate: Certificate): string {
  const { sha256, sha1, handle } = thumbprintsOf(certificate);
  const facts = [
    sha256 === undefined ? `thumbprint ${handle ?? "(none given)"}` : `thumbprint ${sha256} (SHA-256), ${sha1} (SHA-1)`,
    certificate.issuedTo ? `issued to ${certificate.issuedTo}` : undefined,
    certificate.issuedBy ? `issued by ${certificate.issuedBy}` : undefined,
    certificate.expires ? `expires ${certificate.expires}` : undefined,
    // Older releases show issuer and expiry only in this text. The signature in it may be long.
    certificate.issuedBy ? undefined : certificate.certificateDetails && cutShort(certificate.certificateDetails, 200),
  ];
  return facts.filter(Boolean).join(", ");
}
