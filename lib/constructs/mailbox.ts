import { imapPort } from "../mail/resource/imap.schema";
import { hostName, nonEmpty } from "../validators";
import { integer } from "../validators/integer";
import { checkCertificate } from "./certificate-file";
import { check, checkLine, refuse } from "./check";
import { mailboxLogin } from "./errors";
import { checkOptions, optional, required, type Made, type Shape } from "./options";
import { PORT, Port } from "./port";
import type { Receiver } from "./receiver";
import { RECEIVER } from "./receiver";
import type { Secret } from "./secret";
import { assertSecret } from "./secret-mark";
import { numberText } from "./text";

/** The account that may read the mailbox: by a password, or by an OAuth 2.0 access token. */
export type MailboxLogin =
  | {
      readonly user: string;
      /** The account's password, or an app password. */
      readonly password: Secret;
      readonly accessToken?: undefined;
    }
  | {
      readonly user: string;
      /** An OAuth 2.0 access token (XOAUTH2), as Microsoft 365 requires; it must still be valid when Terraform runs. */
      readonly accessToken: Secret;
      readonly password?: undefined;
    };

/** The optional settings of a mailbox. */
export interface MailboxOptions {
  /** @default 993 with TLS, 143 with STARTTLS */
  readonly port?: number | Port;
  /**
   * The folder in which the mail is expected. Other folders are searched too; a mail in the junk folder fails the test.
   *
   * @default "INBOX"
   */
  readonly folder?: string;
  /** The owner of the mailbox, one of the test's receivers. @default the only receiver; required when there are several */
  readonly receiver?: Receiver;
  /** How long to wait for the mail, in seconds, within the `timeoutSeconds` of the test. @default 30 */
  readonly waitSeconds?: number;
  /** Deletes the test mail once it is found. @default false */
  readonly remove?: boolean;
  /**
   * The authority that signed the server's certificate, as PEM text or the path of a PEM file.
   *
   * @default the well-known authorities
   */
  readonly caCertificate?: string;
}

export type ImapOptions = MailboxLogin & MailboxOptions;

/**
 * The mailbox of a receiver of the test mail: a mail found in it was delivered, not only accepted. A test may search
 * several, one for each receiver.
 *
 * @example
 * alerts.testAfterDeploy({
 *   arrival: Mailbox.imap("imap.example.com", { user: "oncall", password: Secret.environment("IMAP_PASSWORD") }),
 * });
 */
export class Mailbox {
  /** IMAP with TLS from the first byte. Usual on port 993. @see https://www.rfc-editor.org/rfc/rfc8314 */
  static imap(host: string, options: ImapOptions): Mailbox {
    checkOptions("Mailbox.imap", options, MAILBOX);
    return new Mailbox(host, "tls", options);
  }

  /** IMAP encrypted by STARTTLS before the login, never silently without. Usual on port 143. @see https://www.rfc-editor.org/rfc/rfc9051 */
  static startTls(host: string, options: ImapOptions): Mailbox {
    checkOptions("Mailbox.startTls", options, MAILBOX);
    return new Mailbox(host, "starttls", options);
  }

  readonly port: Port;
  readonly user: string;
  /** The password or the access token. */
  readonly secret: Secret;
  readonly receiver: Receiver | undefined;
  private readonly options: ImapOptions;

  private constructor(
    readonly host: string,
    readonly security: "tls" | "starttls",
    options: ImapOptions,
  ) {
    check(host, "host", hostName);
    this.port = Port.of(options.port ?? imapPort(security));
    this.user = checkLine(check(options.user, "user", nonEmpty), "user")!;
    const { password, accessToken } = options;
    if ((password === undefined) === (accessToken === undefined)) refuse(mailboxLogin(password !== undefined));
    assertSecret(password ?? accessToken, password === undefined ? "accessToken" : "password");
    this.secret = (password ?? accessToken)!;
    if (options.folder !== undefined) checkLine(check(options.folder, "folder", nonEmpty), "folder");
    if (options.waitSeconds !== undefined) check(options.waitSeconds, "waitSeconds", integer({ min: 1, max: 3600 }));
    checkCertificate(options.caCertificate, "caCertificate");
    this.receiver = options.receiver;
    this.options = options;
  }

  /** @internal The attribute `imap` of the test, or one of `more_mailboxes`. */
  toAttribute() {
    const { folder, waitSeconds, remove, caCertificate, accessToken } = this.options;
    return {
      host: this.host,
      port: this.port.number,
      security: this.security,
      username: this.user,
      passwordWo: this.secret,
      passwordWoVersion: this.secret.version,
      accessToken: accessToken === undefined ? undefined : true,
      caCertificate,
      folder,
      receiver: this.receiver?.address,
      waitSeconds,
      remove,
    };
  }

  /** The text that reviewers see in the plan; it changes when the test proves something else. */
  get fingerprint(): string {
    const whose = this.receiver === undefined ? "" : `of ${this.receiver.address} `;
    const title = this.security === "tls" ? "TLS" : "STARTTLS";
    const folder = this.options.folder === undefined ? "" : `, in ${this.options.folder}`;
    return `${whose}at ${this.host}:${numberText(this.port.number)} with ${title} as ${this.user}${folder}`;
  }
}

/** Describes Mailboxes for {@link checkOptions}. */
export const MAILBOXES: Made = {
  name: "Mailbox",
  is: (value) =>
    Array.isArray(value) ? value.length > 0 && value.every((one) => one instanceof Mailbox) : value instanceof Mailbox,
  factory: 'Mailbox.imap("imap.example.com", { ... }), or several of them in an array',
};

const MAILBOX: Shape<MailboxOptions & { user: string; password?: Secret; accessToken?: Secret }> = {
  user: required("string"),
  password: optional("any"),
  accessToken: optional("any"),
  port: optional(PORT),
  folder: optional("string"),
  receiver: optional(RECEIVER),
  waitSeconds: optional("number"),
  remove: optional("boolean"),
  caCertificate: optional("string"),
};
