import type { Construct } from "constructs";
import { TerraformStack } from "../../constructs/cdktf";
import { checkOptions, optional, required, type Shape } from "../../constructs/options";
import { PROVIDER_BLOCK, type ProviderBlock } from "../../constructs/provider-block";
import type { PropsOf } from "../../constructs/props";
import { resourceClass } from "../../constructs/resource-class";
import type { BoundPlugin, PluginRequest, PluginTarget } from "../../constructs/target";
import { warn } from "../../constructs/validation";
import { renderProblem } from "../../core/problem";
import { noDefault, twoDefaults } from "./errors";
import type { AUTHENTICATIONS, VERIFICATIONS } from "./smtp-connection.schema";
import { smtpConnectionSchema } from "./smtp-connection.schema";

/** The `outbound_ksaar_smtp_connection` resource by itself. */
export class KsaarSmtpConnection extends resourceClass(smtpConnectionSchema) {
  constructor(scope: Construct, id: string, props: PropsOf<typeof smtpConnectionSchema>) {
    super(scope, id, props);
    this.node.addValidation({ validate: () => this.oneDefault() });
  }

  /** Checks that exactly one of the connections of one Ksaar (one provider) in this stack is the default. */
  private oneDefault(): string[] {
    const all = TerraformStack.of(this)
      .node.findAll()
      .filter((one): one is KsaarSmtpConnection => one instanceof KsaarSmtpConnection)
      .filter(({ provider }) => provider === this.provider);
    const [first, ...others] = all.filter(({ input }) => input.defaultConnection === true);
    if (first !== undefined && others.includes(this)) {
      return [renderProblem(twoDefaults(this.input.name, first.input.name))];
    }
    // A value that only Terraform knows may be true; the provider checks it.
    const none = all.every(({ input }) => input.defaultConnection === undefined || input.defaultConnection === false);
    if (none && all[0] === this) warn(this, renderProblem(noDefault(all.map(({ input }) => input.name))));
    return [];
  }
}

export interface SmtpConnectionOptions {
  /** The connection's name in Ksaar. */
  readonly name: string;
  /** The address for replies. @default the server's sender */
  readonly replyTo?: string;
  /** How Ksaar logs in. @default "PLAIN" */
  readonly authentication?: (typeof AUTHENTICATIONS)[number];
  /**
   * Whether Ksaar uses it for mail actions that name no other connection; exactly one connection of a Ksaar is the default.
   *
   * @default false
   */
  readonly defaultConnection?: boolean;
  /** Confirms that the server requires no login; otherwise a server without one is an error, as in Ksaar. @default false */
  readonly withoutLogin?: boolean;
  /** The `digest` of what a person has entered in Ksaar. @default none: nobody has confirmed it yet */
  readonly confirmed?: string;
  /** The consequence of a failing probe of the server. @default "required": an error */
  readonly verify?: (typeof VERIFICATIONS)[number];
  /** @default the stack's OutboundProvider without an alias */
  readonly provider?: ProviderBlock;
}

const OPTIONS: Shape<SmtpConnectionOptions> = {
  name: required("string"),
  replyTo: optional("string"),
  authentication: optional("string"),
  defaultConnection: optional("boolean"),
  withoutLogin: optional("boolean"),
  confirmed: optional("string"),
  verify: optional("string"),
  provider: optional(PROVIDER_BLOCK),
};

/** Ksaar, whose settings are entered by hand. */
export class Ksaar {
  /**
   * An SMTP connection, for SmtpPlugin and AlertMail. Ksaar has no API: the deployment probes the server, prints the
   * steps to enter the connection, and reports drift as unknown.
   */
  static smtpConnection(options: SmtpConnectionOptions): PluginTarget<never> {
    checkOptions("Ksaar.smtpConnection", options, OPTIONS);
    return new SmtpConnection(options);
  }
}

class SmtpConnection implements PluginTarget<never> {
  readonly kind = "ksaar";

  constructor(private readonly options: SmtpConnectionOptions) {}

  get name(): string {
    return this.options.name;
  }

  bindPlugin(scope: Construct, id: string, { server }: PluginRequest): BoundPlugin<never> {
    const { authentication = "PLAIN", defaultConnection = false, replyTo } = this.options;
    const connection = new KsaarSmtpConnection(scope, id, {
      ...this.options,
      sender: server.sender.address,
      host: server.host,
      port: server.port.number,
      // Ksaar has TLS from the first byte, and STARTTLS where the server offers it; no switch requires or forbids it.
      secure: server.security === "tls",
      username: server.login?.user,
      passwordWo: server.login?.password,
      passwordWoVersion: server.login?.password.version,
      caCertificate: server.caCertificate,
    });
    return {
      resource: connection,
      system: "ksaar",
      id: connection.id,
      fingerprint: [
        this.options.name,
        ...(server.login === undefined ? [] : [authentication]),
        ...(replyTo === undefined ? [] : [`replies to ${replyTo}`]),
        ...(defaultConnection ? ["default connection"] : []),
      ].join(", "),
    };
  }
}
