import { X509Certificate } from "node:crypto";
import { certificatesIn } from "../../core/pem";
import { ProblemError, type Problem } from "../../core/problem";
import { defineFunction } from "../../terraform-plugin/function";

/** `provider::outbound::thumbprint(pem)` */
export const thumbprint = defineFunction({
  name: "thumbprint",
  summary: "the SHA-1 thumbprint of a certificate",
  description:
    "The SHA-1 thumbprint of a certificate, as the attribute `trusted_certificate_thumbprint` takes it: what `openssl x509 -noout -fingerprint -sha1` prints, such as `7D:3E:CE:A8:…`. So the " +
    "certificate itself can lie beside the configuration, and a new one shows as a change in a plan. Of several certificates, " +
    "as in a file with its chain, the first one counts: the server's own.",
  parameters: [
    {
      name: "pem",
      type: "string",
      description: 'The certificate in PEM form: `file("relay.pem")`.',
    },
  ],
  returns: "string",
  call([pem]) {
    const [certificate] = certificatesIn(pem);
    if (certificate === undefined) throw new ProblemError(noCertificate(whatItIs(pem)));
    try {
      return new X509Certificate(certificate).fingerprint;
    } catch (error) {
      throw new ProblemError(noCertificate("a damaged one", error instanceof Error ? error.message : String(error)));
    }
  },
});

/** Describes a text without quoting it: it may be a key. */
function whatItIs(text: string): string {
  const label = /-----BEGIN ([A-Z0-9 ]{1,40})-----/.exec(text)?.[1];
  if (label !== undefined) return `PEM of another kind: ${label}`;
  if (/\.(pem|crt|cer|der)\s*$/i.test(text)) return "the name of a file";
  return text.trim() === "" ? "an empty text" : `a text of ${text.length} characters`;
}

const noCertificate = (got: string, evidence?: string): Problem => ({
  code: "provider/thumbprint-certificate",
  severity: "error",
  summary: "This is no certificate",
  path: ["pem"],
  got,
  expected: "a certificate between -----BEGIN CERTIFICATE----- and -----END CERTIFICATE-----",
  fix: 'Read it from its file with file("relay.pem"); one in DER form becomes PEM with `openssl x509 -inform der -in relay.cer -out relay.pem`.',
  ...(evidence === undefined ? {} : { evidence }),
});
