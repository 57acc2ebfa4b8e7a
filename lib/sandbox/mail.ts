import type { Clock } from "../core/clock";
import { Authority, Inbox, startMailServer, type MailServer } from "../mail/server";
import { portInUse } from "./errors";
import { loopbackAddress, smtpPort } from "./loopback-address";
import { hexadecimal } from "../systems/kit/simulator/identifiers";

/** The mail side of a sandbox: one inbox behind two SMTP listeners. */
export interface SandboxMail {
  /** The listener with STARTTLS. */
  readonly startTls: MailServer;
  /** The listener with TLS from the first byte. */
  readonly tls: MailServer;
  readonly user: string;
  readonly password: string;
  /** PEM of the authority that issued both listeners' certificate; no client trusts it by default. */
  readonly ca: string;
  /** The certificate's SHA-1 fingerprint, "AB:CD:…". */
  readonly thumbprint: string;
  readonly inbox: Inbox;
  /** Changes the password of the user, as somebody does who rotates it or corrects it. */
  takePassword(password: string): void;
  close(): Promise<void>;
}

export interface SandboxMailOptions {
  readonly address?: string;
  readonly random: () => number;
  readonly clock: Clock;
  /** @default the running platform */
  readonly platform?: string;
}

/** Random addresses collide with another sandbox once in millions; equal seeds make them collide always. */
const ATTEMPTS = 20;

/** Starts the SMTP server at an address that a flow can name: see {@link loopbackAddress}. */
export async function startMail(options: SandboxMailOptions): Promise<SandboxMail> {
  const { random, clock, platform = process.platform } = options;
  const user = "alerts";
  const password = `smtp-${hexadecimal(random, 24)}`;
  for (let attempt = 1; ; attempt++) {
    const startTlsAddress = options.address ?? loopbackAddress(platform, random);
    const tlsAddress = platform === "linux" ? loopbackAddress(platform, random) : startTlsAddress;
    // Without a second address there is no second port 2525 either: the TLS listener works, but no flow can name it.
    const tlsPort = tlsAddress === startTlsAddress ? 0 : smtpPort;
    const authority = Authority.create("Outbound sandbox CA");
    const hosts = [...new Set([startTlsAddress, tlsAddress, "localhost", "mail.sandbox.test"])];
    const users = { [user]: password };
    const shared = {
      users,
      certificate: { ...authority.issue({ name: "mail.sandbox.test", hosts }), ca: authority.pem },
      inbox: new Inbox(clock),
      clock,
      random,
      hooks: { receiver: unknownReceiver },
    };
    const servers: MailServer[] = [];
    try {
      const startTls = await startMailServer({ ...shared, mode: "starttls", host: startTlsAddress, port: smtpPort });
      servers.push(startTls);
      const tls = await startMailServer({ ...shared, mode: "tls", host: tlsAddress, port: tlsPort });
      return {
        startTls,
        tls,
        user,
        password,
        ca: startTls.ca,
        thumbprint: startTls.thumbprintSha1,
        inbox: shared.inbox,
        takePassword: (other) => void (users[user] = other),
        close: async () => void (await Promise.all([startTls.close(), tls.close()])),
      };
    } catch (error) {
      await Promise.all(servers.map((server) => server.close()));
      if ((error as NodeJS.ErrnoException).code !== "EADDRINUSE") throw error;
      const fixed = options.address !== undefined || platform !== "linux";
      if (fixed || attempt === ATTEMPTS) throw portInUse(`${startTlsAddress}:${smtpPort}`, "mail server");
    }
  }
}

/** Refuses such a receiver, so that a misspelt one can be tried out too. */
function unknownReceiver(address: string) {
  return /^(unknown|nobody)@/i.test(address)
    ? { code: 550, text: `5.1.1 <${address}>: Recipient address rejected: User unknown` }
    : undefined;
}
