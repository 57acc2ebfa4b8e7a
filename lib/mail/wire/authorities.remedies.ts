import type { Remedy } from "../stage/remedy";
import { ARRIVAL, CONFIG } from "../stage/stage";

/** What to do about the given authorities: `ca_certificate`. */
export const authorities = {
  caFileMissing: {
    code: "mail/ca-file-missing",
    stages: [CONFIG, ARRIVAL],
    summary: "There is no file {path}",
    fix: "Give the path as seen from this machine{terraform:, the one that runs Terraform}, or the PEM text itself.",
  },
  caUnreadable: {
    code: "mail/ca-unreadable",
    stages: [CONFIG, ARRIVAL],
    summary: "{setting:ca_certificate} holds no usable certificate",
    fix: 'Give certificates in PEM form, each between "-----BEGIN CERTIFICATE-----" and "-----END CERTIFICATE-----".',
  },
} as const satisfies Record<string, Remedy>;
