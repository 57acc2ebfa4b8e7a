import tls from "node:tls";
import { ProblemError } from "../core/problem";
import { badCertificate } from "./errors";

/**
 * Trusts an authority besides the well-known ones. Made once for a system: to parse some 150 authorities again for every
 * connection costs more than the handshake.
 *
 * @param name the system, for the error
 * @param ca PEM
 * @throws ProblemError when it is no certificate
 */
export function contextTrusting(name: string, ca: string): tls.SecureContext {
  if (!ca.includes("-----BEGIN CERTIFICATE-----")) throw new ProblemError(badCertificate(name, "no PEM block found"));
  try {
    return tls.createSecureContext({ ca: [...tls.rootCertificates, ca] });
  } catch (cause) {
    throw new ProblemError(badCertificate(name, (cause as Error).message));
  }
}
