import http from "node:http";
import https from "node:https";
import type { SecureContext } from "node:tls";

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

/** @param secureContext the authorities to trust. @default the well-known ones */
export function createAgents(maxSockets: number, secureContext?: SecureContext): Agents {
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
      // Set explicitly, because NODE_TLS_REJECT_UNAUTHORIZED decides when it is missing.
      rejectUnauthorized: true,
      ...(secureContext && { secureContext }),
    }),
  };
}
