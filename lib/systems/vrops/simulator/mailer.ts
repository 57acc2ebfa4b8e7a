import { createTransport } from "nodemailer";
import { isIP } from "node:net";
import type { World } from "../../simulation";
import { routeTo } from "./mail-route";
import type { VropsSimulatorOptions } from "./options";
import { presentedCertificate, type PresentedCertificate } from "./smtp-certificate";

/** The stored settings of an e-mail plugin, as the plugin reads them. */
export interface MailSettings {
  readonly host: string;
  readonly port: number;
  readonly security: "none" | "starttls" | "tls";
  readonly auth?: { readonly user: string; readonly pass: string };
  readonly from: { readonly name: string; readonly address: string };
  readonly acceptedThumbprints: ReadonlySet<string>;
}

export interface OutgoingMail {
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
}

export type MailOutcome = { readonly messageId: string; readonly response: string } | { readonly failure: string };

const SMTP_MS = 5_000;

/** Sends mail as vROps does: by the plugin's settings, through the firewall, trusting only what was accepted. */
export class Mailer {
  constructor(
    private readonly options: VropsSimulatorOptions,
    private readonly world: World,
  ) {}

  /** The untrusted certificate of the plugin's SMTP server; undefined when trusted, plaintext or out of reach. */
  async untrustedCertificate(settings: MailSettings): Promise<PresentedCertificate | undefined> {
    if (settings.security === "none") return undefined;
    const route = await routeTo(settings.host, settings.port, this.options, this.world);
    if ("failure" in route) return undefined;
    try {
      const presented = await this.certificate(settings, route);
      return presented.trusted || settings.acceptedThumbprints.has(presented.thumbprint) ? undefined : presented;
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
        if (!presented.trusted && !settings.acceptedThumbprints.has(presented.thumbprint)) {
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
    const transport = createTransport({
      host: route.host,
      port: route.port,
      secure: settings.security === "tls",
      requireTLS: settings.security === "starttls",
      ignoreTLS: settings.security === "none",
      // The certificate was judged a moment ago, against the accepted thumbprints that nodemailer knows nothing of.
      tls: { rejectUnauthorized: false, ...(isIP(settings.host) ? {} : { servername: settings.host }) },
      ...(settings.auth ? { auth: { ...settings.auth } } : {}),
      connectionTimeout: SMTP_MS,
      greetingTimeout: SMTP_MS,
      socketTimeout: SMTP_MS,
    });
    try {
      const sent = await transport.sendMail({
        from: settings.from,
        to: [...mail.to],
        subject: mail.subject,
        text: mail.text,
        headers: { "Auto-Submitted": "auto-generated", "X-Mailer": "VMware Aria Operations" },
      });
      if (sent.rejected.length > 0) return { failure: `Invalid Addresses: ${sent.rejected.join(", ")}` };
      return { messageId: sent.messageId, response: sent.response };
    } finally {
      transport.close();
    }
  }

  private certificate(settings: MailSettings, route: { host: string; port: number }) {
    return presentedCertificate({
      ...route,
      name: settings.host,
      startTls: settings.security === "starttls",
      ...(this.options.mailCa === undefined ? {} : { trustedCa: this.options.mailCa }),
    });
  }
}

/** vROps runs on Java, and what its users see are Java's words. */
function javaWords(error: unknown): string {
  const { code, message, response } = error as { code?: string; message?: string; response?: string };
  if (response) return `javax.mail.MessagingException: ${response}`;
  if (/ECONNREFUSED/.test(`${code} ${message}`)) return "java.net.ConnectException: Connection refused";
  if (/wrong version number|packet length too long/i.test(String(message))) {
    return "javax.net.ssl.SSLException: Unrecognized SSL message, plaintext connection?";
  }
  return `javax.mail.MessagingException: ${message ?? String(error)}`;
}
