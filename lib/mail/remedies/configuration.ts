import type { Remedy } from "../remedy";
import { ARRIVAL, CONFIG } from "../stage";

/** What is wrong before anything is connected. */
export const configuration = {
  lineBreak: {
    code: "mail/line-break",
    stages: [CONFIG],
    summary: "{attribute} contains a line break or another control character",
    fix: "Remove it: it would end the SMTP command or the header that the value is written into.",
  },
  passwordMissing: {
    code: "mail/password-missing",
    stages: [CONFIG],
    summary: "The environment variable {variable} is not set",
    fix: "Set {variable} where Terraform runs, or remove `username` to probe without logging in.",
  },
  caFileMissing: {
    code: "mail/ca-file-missing",
    stages: [CONFIG, ARRIVAL],
    summary: "There is no file {path}",
    fix: "Give the path as seen from where Terraform runs, or the PEM text itself.",
  },
  caUnreadable: {
    code: "mail/ca-unreadable",
    stages: [CONFIG, ARRIVAL],
    summary: "`ca_certificate` holds no usable certificate",
    fix: 'Give certificates in PEM form, each between "-----BEGIN CERTIFICATE-----" and "-----END CERTIFICATE-----".',
  },
} as const satisfies Record<string, Remedy>;
