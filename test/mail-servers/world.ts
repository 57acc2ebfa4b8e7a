import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { writeCertificates } from "./certificates";
import { startDovecot } from "./dovecot";
import { Guard } from "./guard";
import { startNameServer } from "./name-server";
import { startPolicyServer } from "./policy-server";
import { freePorts } from "./ports";
import { startPostfix } from "./postfix";
import { GREYLISTED, SERVICES, type ServiceName } from "./services";
import { addDisclaimer, newDkimKey, SELECTOR, startSigningFilter } from "./signing-filter";
import { SENDER_DOMAINS, zones } from "./zones";

/** Where the mail servers are, as data that fits into an environment variable. */
export interface MailServers {
  /** Of the servers' files and logs. */
  readonly folder: string;
  /** Ports of Postfix. */
  readonly smtp: Readonly<Record<ServiceName, number>>;
  /** Dovecot: with STARTTLS, and with implicit TLS. */
  readonly imap: number;
  readonly imaps: number;
  /** `ip:port`. */
  readonly nameServer: string;
  /** PEM file of the authority of the certificates that are as they should be. */
  readonly ca: string;
}

export interface World {
  readonly servers: MailServers;
  stop(): Promise<void>;
}

const OTHERS = ["imap", "imaps", "lmtp", "auth", "policy", "toSign", "toTamper", "dns"] as const;

/** Somebody may take a port between its being found free and its being used. */
const TRIES = 3;

/** Starts Postfix, Dovecot, a name server, a policy server and two filters, all on the loopback network. */
export async function startWorld(): Promise<World> {
  for (let tries = 1; ; tries++) {
    try {
      return await tryToStart();
    } catch (error) {
      if (tries === TRIES) throw error;
    }
  }
}

async function tryToStart(): Promise<World> {
  const guard = await Guard.create();
  const closers: (() => Promise<void>)[] = [];
  const stop = async () => {
    await guard.end();
    await Promise.all(closers.map((close) => close()));
  };
  try {
    const services = Object.keys(SERVICES) as ServiceName[];
    const ports = await freePorts([...services, ...OTHERS]);
    const { imap, imaps, lmtp, auth, policy, toSign, toTamper, dns, ...smtp } = ports;
    const key = newDkimKey();
    const published = SENDER_DOMAINS.map((domain) => [`${SELECTOR}._domainkey.${domain}`, key.published]);
    const certificates = await writeCertificates(guard.folder);
    closers.push(await startPolicyServer(policy, GREYLISTED));
    closers.push(await startSigningFilter(toSign, smtp.reinjection, key));
    closers.push(await startSigningFilter(toTamper, smtp.reinjection, key, addDisclaimer));
    await Promise.all([
      startNameServer(guard, dns, zones(Object.fromEntries(published))),
      startDovecot(guard, { imap, imaps, lmtp, auth }, certificates),
      startPostfix(guard, { ports: smtp, lmtp, auth, certificates, policy, signing: toSign, tampering: toTamper }),
    ]);
    const servers = { folder: guard.folder, smtp, imap, imaps, nameServer: `127.0.0.1:${dns}`, ca: certificates.ca };
    return { servers, stop };
  } catch (error) {
    const logs = await readLogs(guard.folder);
    await stop();
    throw new Error(`the mail servers did not start: ${String(error)}\n${logs}`, { cause: error });
  }
}

/** The last words of every server. */
async function readLogs(folder: string): Promise<string> {
  const names = ["postfix.log", "postfix/queue/log", "dovecot.log", "dovecot/log", "unbound.log"];
  const texts = await Promise.all(
    names.map(async (name) => {
      const text = await readFile(join(folder, name), "utf8").catch(() => "");
      return text === "" ? "" : `--- ${name}\n${text.slice(-4_000)}`;
    }),
  );
  return texts.join("\n");
}
