import { rootCertificates } from "node:tls";
import { sendSimulated } from "../../kit/simulator/mail";
import type { SimulatorWorld } from "../../kit/simulator/simulation";
import { knownAddress } from "../../kit/simulator/connectivity";
import type { UiPathSimulatorOptions } from "./options";

/** Mail settings of tenant, organization or host, independent of their keys. */
export interface UiPathMail {
  readonly host: string;
  readonly port: number;
  readonly username: string;
  readonly password: string;
  readonly enableSsl: boolean;
  readonly useDefaultCredentials: boolean;
  readonly senderAddress: string;
  readonly senderName: string;
}

export interface Content {
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
}

/** UiPath's error, in the words of its .NET runtime; undefined when the mail was sent. */
export type Complaint = string | undefined;

/** Sends a mail by these settings. */
export type SendMail = (mail: UiPathMail, content: Content) => Promise<Complaint>;

/** The content of UiPath's test mail. */
export const TEST_MAIL = {
  subject: "UiPath test e-mail",
  text: "This is a test e-mail sent by UiPath to check its mail settings.",
};

/** Sends mail like UiPath: it trusts the authorities of the operating system, and does not support OAuth2. */
export async function sendAsUiPath(
  mail: UiPathMail,
  content: Content,
  options: UiPathSimulatorOptions,
  world: Pick<SimulatorWorld, "network" | "mailAuthority">,
): Promise<Complaint> {
  const ip = knownAddress(mail.host, options.hosts);
  if (ip === undefined) return `No such host is known. (${mail.host}:${mail.port})`;
  const service = options.behindFlowsOf;
  if (service !== undefined && !world.network.allows(service, ip, mail.port)) {
    return `A connection attempt failed because the connected party did not properly respond after a period of time. (${mail.host}:${mail.port})`;
  }
  const authority = world.mailAuthority;
  try {
    const { rejected } = await sendSimulated({
      host: ip,
      port: mail.port,
      name: mail.host,
      security: !mail.enableSsl ? "none" : mail.port === 465 ? "tls" : "starttls",
      trusted: authority === undefined ? rootCertificates : [...rootCertificates, authority],
      ...(mail.useDefaultCredentials || mail.username === ""
        ? {}
        : { auth: { user: mail.username, pass: mail.password } }),
      from: { name: mail.senderName, address: mail.senderAddress },
      mailer: "UiPath Orchestrator",
      ...content,
    });
    return rejected.length === 0 ? undefined : `Mailbox unavailable: ${rejected.join(", ")}`;
  } catch (error) {
    return dotNetWords(error);
  }
}

function dotNetWords(error: unknown): string {
  const { code, message = "", response } = error as { code?: string; message?: string; response?: string };
  if (response?.startsWith("530") || response?.startsWith("535")) {
    return `The SMTP server requires a secure connection or the client was not authenticated. The server response was: ${response}`;
  }
  if (response) return `Failure sending mail. The server response was: ${response}`;
  if (/ECONNREFUSED/.test(`${code} ${message}`))
    return "No connection could be made because the target machine actively refused it.";
  if (/certificate|self.signed|altnames/i.test(message)) {
    return "The remote certificate is invalid according to the validation procedure.";
  }
  if (/wrong version number|packet length/i.test(message)) {
    return "An error occurred while attempting to establish an SSL or TLS connection.";
  }
  if (/STARTTLS/i.test(message)) return "Server does not support secure connections.";
  return `Failure sending mail. ${message || String(error)}`;
}
