import { generateKeyPairSync } from "node:crypto";
import { once } from "node:events";
import { buffer } from "node:stream/consumers";
import { createTransport } from "nodemailer";
import DKIM from "nodemailer/lib/dkim";
import { SMTPServer } from "smtp-server";

/** The name of the key below `_domainkey` of whichever domain sends. */
export const SELECTOR = "outbound";

/** A key to sign with: PEM for the signer, base64 for the name server. */
export interface DkimKey {
  readonly privatePem: string;
  readonly published: string;
}

export function newDkimKey(): DkimKey {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  return {
    privatePem: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    published: publicKey.export({ type: "spki", format: "der" }).toString("base64"),
  };
}

/**
 * A filter that Postfix hands each message to before it takes it: signs it with DKIM for the sender's domain and
 * brings it back on another port. `tamper` changes the message after that.
 */
export async function startSigningFilter(
  port: number,
  backTo: number,
  key: DkimKey,
  tamper: (signed: Buffer) => Buffer = (signed) => signed,
): Promise<() => Promise<void>> {
  const back = createTransport({ host: "127.0.0.1", port: backTo, ignoreTLS: true });
  const server = new SMTPServer({
    disabledCommands: ["AUTH", "STARTTLS"],
    disableReverseLookup: true,
    logger: false,
    async onData(stream, { envelope }, done) {
      try {
        const from = envelope.mailFrom === false ? "" : envelope.mailFrom.address;
        const domainName = from.slice(from.lastIndexOf("@") + 1);
        const signer = new DKIM({ domainName, keySelector: SELECTOR, privateKey: key.privatePem });
        const signed = await buffer(signer.sign(await buffer(stream)));
        const to = envelope.rcptTo.map(({ address }) => address);
        const { response } = await back.sendMail({ envelope: { from, to }, raw: tamper(signed) });
        done(null, response.replace(/^250 /, ""));
      } catch (error) {
        done(error instanceof Error ? error : new Error(String(error)));
      }
    },
  });
  server.on("error", () => undefined);
  server.listen(port, "127.0.0.1");
  await once(server.server, "listening");
  return () => new Promise((resolve) => server.close(() => resolve()));
}

/** What gateways do that append a disclaimer to everything. */
export function addDisclaimer(message: Buffer): Buffer {
  return Buffer.concat([message, Buffer.from("--\r\nThis message may contain confidential information.\r\n")]);
}
