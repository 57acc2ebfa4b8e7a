import { MECHANISMS, type Mechanism } from "../mail/resource/connection.schema";
import { emailAddress, hostName, nonEmpty, oneOf } from "../validators";
import { checkCertificate } from "./certificate-file";
import { check, checkLine, refuse } from "./check";
import { Destination } from "./destination";
import { mustBeKnown } from "./errors";
import { checkOptions, optional, required, type Made, type Shape } from "./options";
import { PORT, Port } from "./port";
import {
  GMAIL_HOST,
  GMAIL_PORTS,
  MICROSOFT_365_HOST,
  MICROSOFT_365_PORT,
  type GmailProps,
  type MailboxProps,
  type Microsoft365Props,
} from "./presets";
import { sandboxServer } from "./sandbox-server";
import type { Secret } from "./secret";
import { assertSecret } from "./secret-mark";
import { isReference } from "./synthesis";
import { numberText } from "./text";

/** The sender of alert mails. */
export interface Sender {
  /** The address, `alerts@example.com`: the SMTP server must let the login send from it. */
  readonly address: string;
  /** @default none */
  readonly name?: string;
}

/** The login at the SMTP server. */
export interface Login {
  readonly user: string;
  readonly password: Secret;
  /**
   * The mechanism by which the test mail logs in; the platforms choose by themselves. With `XOAUTH2` the password is an
   * OAuth 2.0 access token, which no platform here accepts: a plugin with such a server is refused.
   *
   * @default the best that the server offers, never XOAUTH2
   */
  readonly mechanism?: Mechanism;
}

export interface SmtpServerProps {
  /**
   * The server's IPv4 address. Firewall flows need it: they open addresses, and synth does not resolve names.
   *
   * @default none: the server cannot be reached through an OutboundFlow
   */
  readonly ip?: string;
  /** @default 587 with STARTTLS, 465 with TLS, 25 without encryption */
  readonly port?: number | Port;
  /** @default none: the server relays for the platform without authentication */
  readonly login?: Login;
  readonly sender: Sender;
  /**
   * The authority that signed the server's certificate, as PEM text or the path of a PEM file; for the test mail.
   *
   * @default the well-known authorities
   */
  readonly caCertificate?: string;
  /**
   * The thumbprint of the server's certificate, for platforms that do not trust it by themselves. They then accept only this
   * certificate.
   *
   * @default none: an untrusted certificate is an error that shows its thumbprint
   */
  readonly certificateThumbprint?: string;
}

/** The protection of the connection, in the words of the provider's resources. */
export type Security = "starttls" | "tls" | "none";

const TITLES: Readonly<Record<Security, string>> = { starttls: "STARTTLS", tls: "TLS", none: "no encryption" };

/**
 * The SMTP server that sends the alerts.
 *
 * @example
 * SmtpServer.startTls("smtp.example.com", {
 *   ip: "203.0.113.25",
 *   login: { user: "alerts", password: Secret.environment("SMTP_PASSWORD") },
 *   sender: { address: "alerts@example.com" },
 * });
 */
export class SmtpServer {
  /**
   * A server with STARTTLS: encryption begins before anything is sent, and is never silently omitted. Usual on port 587.
   *
   * @see https://www.rfc-editor.org/rfc/rfc3207
   */
  static startTls(host: string, props: SmtpServerProps): SmtpServer {
    checkOptions("SmtpServer.startTls", props, SERVER);
    return new SmtpServer(host, "starttls", 587, props);
  }

  /**
   * A server with TLS from the first byte. Usual on port 465.
   *
   * @see https://www.rfc-editor.org/rfc/rfc8314
   */
  static tls(host: string, props: SmtpServerProps): SmtpServer {
    checkOptions("SmtpServer.tls", props, SERVER);
    return new SmtpServer(host, "tls", 465, props);
  }

  /** A server without encryption, for a relay inside a trusted network. Usual on port 25. */
  static plain(host: string, props: SmtpServerProps): SmtpServer {
    checkOptions("SmtpServer.plain", props, SERVER);
    return new SmtpServer(host, "none", 25, props);
  }

  /**
   * Gmail and Google Workspace, by an app password: smtp.gmail.com on 465 with implicit TLS, or 587 with STARTTLS.
   * Gmail replaces a sender that is not the account's address or one of its confirmed aliases.
   *
   * @example
   * SmtpServer.gmail({ address: "alerts@example.com", appPassword: Secret.environment("GMAIL_APP_PASSWORD") });
   * @see https://developers.google.com/workspace/gmail/imap/imap-smtp
   */
  static gmail(props: GmailProps): SmtpServer {
    checkOptions("SmtpServer.gmail", props, GMAIL);
    if (isReference(props.port)) refuse(mustBeKnown("port", "465 is encrypted from the first byte, 587 by STARTTLS"));
    const port = check(props.port ?? 465, "port", oneOf(GMAIL_PORTS));
    const settings = mailbox(props, port, props.appPassword, "appPassword");
    return new SmtpServer(GMAIL_HOST, port === 465 ? "tls" : "starttls", port, settings);
  }

  /**
   * Microsoft 365 (Exchange Online) by user name and password: smtp.office365.com on 587 with STARTTLS. Microsoft is
   * retiring this login: off by default from the end of December 2026, later removed. Every plan warns of it; only the test
   * mail supports OAuth 2.0 (XOAUTH2), and no platform here does, so plan a relay.
   *
   * @see
   * https://techcommunity.microsoft.com/blog/exchange/updated-exchange-online-smtp-auth-basic-authentication-deprecation-timeline/4489835
   */
  static microsoft365(props: Microsoft365Props): SmtpServer {
    checkOptions("SmtpServer.microsoft365", props, MICROSOFT_365);
    const settings = mailbox(props, MICROSOFT_365_PORT, props.password, "password");
    return new SmtpServer(MICROSOFT_365_HOST, "starttls", MICROSOFT_365_PORT, settings);
  }

  /**
   * The mail server of the sandbox, while the program runs in one (`outbound sandbox -- npx cdktf deploy`); undefined
   * everywhere else. So the same program works in the sandbox and with the real systems.
   *
   * @example
   * const relay = SmtpServer.sandbox() ?? SmtpServer.startTls("smtp.example.com", { sender: { address: "alerts@example.com" } });
   * @param environment where the sandbox's variables are looked up. @default the process's own
   */
  static sandbox(environment: Readonly<Record<string, string | undefined>> = process.env): SmtpServer | undefined {
    const found = sandboxServer(environment);
    return found && SmtpServer.startTls(found.host, found.props);
  }

  readonly port: Port;
  readonly destination: Destination | undefined;
  readonly login: Login | undefined;
  readonly sender: Sender;
  readonly caCertificate: string | undefined;
  readonly certificateThumbprint: string | undefined;

  private constructor(
    readonly host: string,
    readonly security: Security,
    usualPort: number,
    props: SmtpServerProps,
  ) {
    check(host, "host", hostName);
    this.port = Port.of(props.port ?? usualPort);
    this.destination = props.ip === undefined ? undefined : Destination.ipv4(props.ip);
    this.login = props.login;
    if (props.login !== undefined) {
      checkOptions("SmtpServer", props.login, LOGIN, ["login"]);
      checkLine(check(props.login.user, "login.user", nonEmpty), "login.user");
      assertSecret(props.login.password, "login.password");
      if (props.login.mechanism !== undefined) check(props.login.mechanism, "login.mechanism", oneOf(MECHANISMS));
    }
    checkOptions("SmtpServer", props.sender, SENDER, ["sender"]);
    check(props.sender.address, "sender.address", emailAddress);
    checkLine(props.sender.name, "sender.name");
    this.sender = props.sender;
    this.caCertificate = checkCertificate(props.caCertificate, "caCertificate");
    this.certificateThumbprint = props.certificateThumbprint;
  }

  /** The text that reviewers see in the plan; it changes when delivery does. */
  get fingerprint(): string {
    const how = this.login?.mechanism === undefined ? "" : ` by ${this.login.mechanism}`;
    const login = this.login === undefined ? "without login" : `as ${this.login.user}${how}`;
    return `${this.host}:${numberText(this.port.number)} with ${TITLES[this.security]} ${login}, from ${this.sender.address}`;
  }
}

/** Describes an SmtpServer for {@link checkOptions}. */
export const SMTP_SERVER: Made = {
  name: "SmtpServer",
  is: (value) => value instanceof SmtpServer,
  factory: 'SmtpServer.startTls("smtp.example.com", { sender: { address: "alerts@example.com" } })',
};

const SENDER: Shape<Sender> = { address: required("string"), name: optional("string") };
const LOGIN: Shape<Login> = { user: required("string"), password: required("any"), mechanism: optional("string") };
const SERVER: Shape<SmtpServerProps> = {
  ip: optional("string"),
  port: optional(PORT),
  login: optional("object"),
  sender: required("object"),
  caCertificate: optional("string"),
  certificateThumbprint: optional("string"),
};
const MAILBOX: Shape<MailboxProps> = {
  address: required("string"),
  name: optional("string"),
  sender: optional("object"),
  ip: optional("string"),
};
const GMAIL: Shape<GmailProps> = { ...MAILBOX, appPassword: required("any"), port: optional("number") };
const MICROSOFT_365: Shape<Microsoft365Props> = { ...MAILBOX, password: required("any") };

/** Turns a mailbox into the settings of a server; it is checked here, so that an error names the preset's own properties. */
function mailbox(props: MailboxProps, port: number, password: Secret, passwordProp: string): SmtpServerProps {
  check(props.address, "address", emailAddress);
  checkLine(props.name, "name");
  assertSecret(password, passwordProp);
  return {
    ip: props.ip,
    port,
    login: { user: props.address, password },
    sender: props.sender ?? { address: props.address, ...(props.name === undefined ? {} : { name: props.name }) },
  };
}
