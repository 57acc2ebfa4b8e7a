import type { ConnectionOptions, TLSSocket } from "node:tls";
import { tlsOptions } from "../wire/tls-options";
import { open } from "../wire/connect";
import { handshake } from "../wire/handshake";
import { Session } from "./session";

const ASK_MS = 5_000;

/** Versions and ciphers that are obsolete, for this test only; nothing is sent over them. */
const OLD: ConnectionOptions = { minVersion: "TLSv1", maxVersion: "TLSv1.1", ciphers: "DEFAULT@SECLEVEL=0" };
const NAMES: Readonly<Record<string, string>> = { TLSv1: "TLS 1.0", "TLSv1.1": "TLS 1.1" };

/** After a failed handshake: the old version of TLS that a second connection can agree on, if any. */
export async function newestOldTls(failed: Session, ip: string): Promise<string | undefined> {
  const { target, runtime, deadline } = failed;
  const session = new Session(target, runtime, deadline);
  const options = { ...tlsOptions(target.host, undefined), ...OLD };
  try {
    return await deadline.step(ASK_MS, async (signal) => {
      session.connected(await open(ip, target.port, signal));
      let secured: TLSSocket;
      if (target.security === "tls") {
        secured = await handshake({ ...options, socket: session.release() }, signal);
      } else {
        await session.dialogue.receive(signal);
        await session.dialogue.command(`EHLO ${session.clientName}`, signal);
        const reply = await session.dialogue.command("STARTTLS", signal);
        if (reply.code !== 220) return undefined;
        secured = await session.dialogue.encrypt(options, signal);
      }
      session.secured(secured);
      const protocol = secured.getProtocol() ?? "";
      return NAMES[protocol] ?? protocol;
    });
  } catch {
    // No new information.
    return undefined;
  } finally {
    session.end(false);
  }
}
