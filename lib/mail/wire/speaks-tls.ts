import { tlsOptions } from "./tls-options";
import { open } from "./connect";
import type { Deadline } from "./deadline";
import { handshake } from "./handshake";

const ASK_MS = 3_000;

/** Whether a TLS handshake on a new connection to this port succeeds at once. */
export async function speaksTls(
  ip: string,
  { host, port }: { readonly host: string; readonly port: number },
  deadline: Deadline,
): Promise<boolean> {
  if (deadline.signal.aborted) return false;
  try {
    const secured = await deadline.step(ASK_MS, async (signal) => {
      const socket = await open(ip, port, signal);
      return handshake({ ...tlsOptions(host, undefined), socket }, signal);
    });
    secured.destroy();
    return true;
  } catch {
    return false;
  }
}
