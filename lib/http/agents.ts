import http from "node:http";
import https from "node:https";
import tls from "node:tls";
import { ProblemError } from "../core/problem";
import { badCertificate } from "./errors";

/** Connection pools, kept alive between requests. */
export interface Agents {
  readonly httpAgent: http.Agent;
  readonly httpsAgent: https.Agent;
}

/**
 * Shorter than the five seconds after which many servers close an idle connection: a request
 * written to a connection that is just being closed is lost, and nobody knows whether it was read.
 */
const IDLE_MS = 4_000;

/** @param ca PEM, trusted besides the well-known authorities */
export function createAgents(name: string, maxSockets: number, ca?: string): Agents {
  const pool = {
    keepAlive: true,
    maxSockets,
    maxFreeSockets: maxSockets,
    scheduling: "lifo" as const,
    timeout: IDLE_MS,
  };
  return {
    httpAgent: new http.Agent(pool),
    httpsAgent: new https.Agent({
      ...pool,
      // Said here, since NODE_TLS_REJECT_UNAUTHORIZED decides where nothing is said.
      rejectUnauthorized: true,
      // Made once: parsing some 150 authorities again for every connection costs more than the handshake.
      ...(ca === undefined ? {} : { secureContext: contextTrusting(name, ca) }),
    }),
  };
}

function contextTrusting(name: string, ca: string): tls.SecureContext {
  if (!ca.includes("-----BEGIN CERTIFICATE-----")) throw new ProblemError(badCertificate(name, "no PEM block found"));
  try {
    return tls.createSecureContext({ ca: [...tls.rootCertificates, ca] });
  } catch (cause) {
    throw new ProblemError(badCertificate(name, (cause as Error).message));
  }
}
