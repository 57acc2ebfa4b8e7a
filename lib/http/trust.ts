import type { SecureContext } from "node:tls";
import { ProblemError } from "../core/problem";
import { contextTrustingToo } from "../core/trusted-context";
import { badCertificate } from "./errors";

/**
 * A TLS context that trusts authorities besides the well-known ones. Create it once for a system: one context serves all its
 * connections.
 *
 * @param name the system, for the error
 * @param ca PEM
 * @throws ProblemError when it is not a certificate
 */
export function contextTrusting(name: string, ca: string): SecureContext {
  if (!ca.includes("-----BEGIN CERTIFICATE-----")) throw new ProblemError(badCertificate(name, "no PEM block found"));
  try {
    return contextTrustingToo([ca]);
  } catch (cause) {
    throw new ProblemError(badCertificate(name, (cause as Error).message));
  }
}
