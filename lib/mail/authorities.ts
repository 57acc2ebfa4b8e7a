import { X509Certificate } from "node:crypto";
import { rootCertificates } from "node:tls";
import { ProblemError } from "../core/problem";
import { caFileMissing, caUnreadable } from "./errors";
import type { MailRuntime } from "./runtime";

const PEM = /-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g;

/**
 * The certificates to trust, as Node's TLS takes them; undefined means its own defaults. Giving any
 * replaces all of Node's, those of `NODE_EXTRA_CA_CERTS` too, so that these are put back.
 */
export function authorities(ca: string | undefined, runtime: Pick<MailRuntime, "readFile" | "environment">) {
  if (ca === undefined) return undefined;
  const certificates = certificatesOf(ca, runtime);
  const extra = runtime.environment.NODE_EXTRA_CA_CERTS;
  const extraPem = (extra && runtime.readFile(extra)?.match(PEM)) || [];
  return [...rootCertificates, ...extraPem, ...certificates];
}

/** Those that were given, and no others. */
export function pinnedAuthorities(ca: string, runtime: Pick<MailRuntime, "readFile">): readonly X509Certificate[] {
  return certificatesOf(ca, runtime).map((block) => new X509Certificate(block));
}

function certificatesOf(ca: string, runtime: Pick<MailRuntime, "readFile">): readonly string[] {
  const isPem = ca.includes("-----BEGIN");
  const text = isPem ? ca : runtime.readFile(ca);
  if (text === undefined) throw new ProblemError(caFileMissing(ca));
  const blocks = text.match(PEM) ?? [];
  if (blocks.length === 0) throw new ProblemError(caUnreadable("no certificate in PEM form found"));
  for (const block of blocks) {
    try {
      new X509Certificate(block);
    } catch (error) {
      throw new ProblemError(caUnreadable((error as Error).message));
    }
  }
  return blocks;
}
