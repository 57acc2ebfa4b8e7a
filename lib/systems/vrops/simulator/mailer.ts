import type { SimulatorWorld } from "../../kit/simulator/simulation";
import { sendSimulated } from "../../kit/simulator/mail";
import { routeTo } from "./mail-route";
import type { VropsSimulatorOptions } from "./options";
import { presentedCertificate, type SmtpCertificate } from "./smtp-certificate";

/** The settings of an e-mail plugin, as the plugin reads them. */
export interface MailSettings {
  readonly host: string;
  readonly port: number;
  readonly security: "none" | "starttls" | "tls";
  readonly auth?: { readonly user: string; readonly pass: string };
  readonly from: { readonly name: string; readonly address: string };
  readonly acceptedDigests: ReadonlySet<string>;
}

export interface OutgoingMail {
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
}

export type MailOutcome = { readonly messageId: string; readonly response: string } | { readonly failure: string };

/** Sends mail like vROps: by the plugin's settings, through the firewall, trusting only accepted certificates. */
export class SimulatedMailer {
  constructor(
    private readonly options: VropsSimulatorOptions,
    private readonly world: SimulatorWorld,
    private readonly newId: () => string,
  ) {}

  /** The untrusted certificate of the plugin's SMTP server; undefined when it is trusted, in plaintext, or unreachable. */
  async untrustedCertificate(settings: MailSettings): Promise<SmtpCertificate | undefined> {
    if (settings.security === "none") return undefined;
    const route = await routeTo(settings.host, settings.port, this.options, this.world);
    if ("failure" in route) return undefined;
    try {
      const presented = await this.certificate(settings, route);
      return presented.trusted || settings.acceptedDigests.has(presented.digest) ? undefined : presented;
    } catch {
      return undefined;
    }
  }

  async send(settings: MailSettings, mail: OutgoingMail): Promise<MailOutcome> {
    const route = await routeTo(settings.host, settings.port, this.options, this.world);
    if ("failure" in route) return route;
    try {
      if (settings.security !== "none") {
        const presented = await this.certificate(settings, route);
        if (!presented.trusted && !settings.acceptedDigests.has(presented.digest)) {
          return {
            failure:
              "Could not convert socket to TLS; javax.net.ssl.SSLHandshakeException: PKIX path building failed: unable to find valid certification path to requested target",
          };
        }
      }
      return await this.deliver(settings, route, mail);
    } catch (error) {
      return { failure: javaWords(error) };
    }
  }

  private async deliver(settings: MailSettings, route: { host: string; port: number }, mail: OutgoingMail) {
    // The certificate was just checked against the accepted thumbprints, so the TLS library need not check it again.
    const sent = await sendSimulated({
      ...route,
      name: settings.host,
      security: settings.security,
      ...(settings.auth ? { auth: settings.auth } : {}),
      from: settings.from,
      mailer: "VMware Aria Operations",
      ...mail,
    });
    if (sent.rejected.length > 0) return { failure: `Invalid Addresses: ${sent.rejected.join(", ")}` };
    return { messageId: sent.messageId, response: sent.response };
  }

  private certificate(settings: MailSettings, route: { host: string; port: number }) {
    return presentedCertificate({
      ...route,
      name: settings.host,
      startTls: settings.security === "starttls",
      form: this.options.certificates,
      newId: this.newId,
      ...(this.options.mailCa === undefined ? {} : { trustedCa: this.options.mailCa }),
    });
  }
}

/** The words of an error as vROps shows them, which runs on Java. */
function javaWords(error: unknown): string {
  const { code, message, response } = error as { code?: string; message?: string; response?: string };
  if (response) return `javax.mail.MessagingException: ${response}`;
  if (/ECONNREFUSED/.test(`${code} ${message}`)) return "java.net.ConnectException: Connection refused";
  if (/wrong version number|packet length too long/i.test(String(message))) {
    return "javax.net.ssl.SSLException: Unrecognized SSL message, plaintext connection?";
  }
  return `javax.mail.MessagingException: ${message ?? String(error)}`;
}
