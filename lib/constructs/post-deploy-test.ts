import type { Construct } from "constructs";
import { ProblemError } from "../core/problem";
import { sendTestEmailSchema } from "../mail/resource/send-test-email.schema";
import { testEmailSchema } from "../mail/resource/test-email.schema";
import { actionClass } from "./action-class";
import { addressOf } from "./address";
import type { AlertRoute } from "./alert-route";
import { Lazy, type IResolvable, type ITerraformDependable, type TerraformProvider } from "./cdktf";
import { pluginsOfTwoProviders } from "./errors";
import { recordChanges, type Changes } from "./for-cdktf/changes";
import { formerPath } from "./former-id";
import { Mailbox, MAILBOXES } from "./mailbox";
import { MAIN, Noun } from "./noun";
import { checkOptions, optional, required, type Shape } from "./options";
import { after } from "./order";
import type { OutboundFlow } from "./outbound-flow";
import { checkReceivers, type Receiver } from "./receiver";
import { resourceClass } from "./resource-class";
import { SENDER_ALIGNMENT, alignmentFingerprint, type SenderAlignment } from "./sender-alignment";
import type { SmtpPlugin } from "./smtp-plugin";
import { SMTP_SERVER, type SmtpServer } from "./smtp-server";
import { listText } from "./text";

/** The `outbound_test_email` resource by itself. */
export class TestEmail extends resourceClass(testEmailSchema) {}

/** The action `outbound_send_test_email`: a test mail on demand, whose result is not kept. Needs Terraform 1.14. */
export class ActionSendTestEmail extends actionClass(sendTestEmailSchema) {}

export interface PostDeployTestOptions {
  /**
   * Any text; a change repeats the test although nothing else has changed.
   *
   * @default none
   */
  readonly rerun?: string;
  /**
   * The greatest age of the last test, in days, hours and minutes: `7d`. The next deployment after that time tests again.
   *
   * @default a test runs again only when something has changed
   */
  readonly rerunAfter?: string;
  /**
   * Marks the server as the fallback: `outbound reconcile detect --notify mail` notifies the receivers through it when the
   * mail of the others does not get through.
   *
   * @default false
   */
  readonly fallback?: boolean;
  /**
   * `fail` stops the deployment and tests again with the next one; `warn` reports and continues.
   *
   * @default "fail"
   */
  readonly onFailure?: "fail" | "warn";
  /** The time-out of the whole test in seconds. @default 60 */
  readonly timeoutSeconds?: number;
  /** @default the provider's: "Alert mail test" */
  readonly subject?: string;
  /**
   * The mailbox of a receiver in which the mail must arrive, or those of several, each with its `receiver`: then the test
   * proves delivery, and names the receivers for whom only acceptance is proved.
   *
   * @default none: the test proves that the server accepted the mail
   */
  readonly arrival?: Mailbox | readonly Mailbox[];
  /**
   * Checks SPF, DKIM and DMARC of the sender's domain; `{}` warns of whatever is wrong and requires nothing.
   *
   * @default not checked
   */
  readonly alignment?: SenderAlignment;
  /**
   * Name servers to ask for every name, each as `ip` or `ip:port`.
   *
   * @default those of the machine that runs Terraform
   */
  readonly dnsServers?: readonly string[];
}

export interface PostDeployTestProps extends PostDeployTestOptions {
  /** The server to test, with the login and sender that the alerts use. */
  readonly server: SmtpServer;
  /** The receivers of the test mail; at least one. */
  readonly receivers: readonly Receiver[];
  /** Explained in the result when the server cannot be reached. @default none */
  readonly flows?: readonly OutboundFlow[];
  /** The platforms that send their own test as well, from their own network. @default none */
  readonly plugins?: readonly SmtpPlugin<never>[];
  /** @default none */
  readonly routes?: readonly AlertRoute<never>[];
  /** The provider whose systems are asked for their tests. @default that of the plugins */
  readonly provider?: TerraformProvider;
}

/**
 * A test mail after each deployment that changes something on the path of the alerts. The plan shows *why* it will run: a
 * `null_resource` (with CDK Terrain a `terraform_data`) whose triggers describe the server, flows, plugins, receivers and
 * secret versions is replaced first, and the test after it. Other resources can depend on it to wait for proven alerting.
 *
 * @example
 * new PostDeployTest(this, "test", { server: relay, receivers: [oncall], flows: [flow], plugins: [plugin] });
 */
export class PostDeployTest extends Noun {
  readonly resource: TestEmail;
  /** The resource that describes what could change delivery; its replacement makes the test run again. */
  readonly changes: Changes;
  private readonly triggers: Record<string, string>;
  private readonly via: { system: string; id: string }[] = [];
  private readonly declaredFlows: string[] = [];
  private tested: readonly Receiver[];

  constructor(scope: Construct, id: string, props: PostDeployTestProps) {
    super(scope, id);
    checkOptions("PostDeployTest", props, TEST, [this.node.path]);
    const { server, arrival = [], alignment, dnsServers } = props;
    const mailboxes = arrival instanceof Mailbox ? [arrival] : arrival;
    const [first, ...others] = mailboxes.map((mailbox) => mailbox.toAttribute());
    if (alignment !== undefined) {
      checkOptions("PostDeployTest", alignment, SENDER_ALIGNMENT, [this.node.path, "alignment"]);
    }
    this.tested = checkReceivers(props.receivers);
    this.triggers = { server: server.fingerprint };
    if (server.login !== undefined) this.triggers["password"] = server.login.password.fingerprint;
    mailboxes.forEach((mailbox, index) => {
      const title = index === 0 ? "mailbox" : `mailbox ${index + 1}`;
      this.triggers[title] = mailbox.fingerprint;
      this.triggers[`${title} password`] = mailbox.secret.fingerprint;
    });
    if (alignment !== undefined) this.triggers["alignment"] = alignmentFingerprint(alignment);
    if (dnsServers !== undefined) this.triggers["name servers"] = listText(dnsServers);
    if (props.rerun !== undefined) this.triggers["rerun"] = props.rerun;

    this.changes = recordChanges(this, "changes", this.triggers);
    // Terraform requires a bare address here; CDKTF would write a construct or its fqn as an interpolation, which is
    // refused.
    const address = Lazy.stringValue({ produce: () => addressOf(this.changes) });
    this.resource = new TestEmail(this, MAIN, {
      smtpHost: server.host,
      smtpPort: server.port.number,
      security: server.security,
      username: server.login?.user,
      passwordWo: server.login?.password,
      passwordWoVersion: server.login?.password.version,
      authMechanism: server.login?.mechanism,
      caCertificate: server.caCertificate,
      dnsServers,
      fromAddress: server.sender.address,
      fromName: server.sender.name,
      to: this.tested.map(({ address: to }) => to),
      imap: first,
      moreMailboxes: others.length === 0 ? undefined : others,
      alignment,
      subject: props.subject,
      timeoutSeconds: props.timeoutSeconds,
      onFailure: props.onFailure,
      rerunAfter: props.rerunAfter,
      fallback: props.fallback,
      provider: props.provider,
      lifecycle: { replaceTriggeredBy: [address] },
    });
    this.writeReceivers();
    for (const flow of props.flows ?? []) this.addFlow(flow);
    for (const plugin of props.plugins ?? []) this.addPlugin(plugin);
    for (const route of props.routes ?? []) this.addRoute(route);
  }

  /** Runs the test after this flow, and names the flow when the server cannot be reached. */
  addFlow(flow: OutboundFlow): void {
    this.triggers[`flow ${flow.through} ${flow.endpoint}`] = flow.flowId;
    if (!this.declaredFlows.includes(flow.endpoint)) this.declaredFlows.push(flow.endpoint);
    this.resource.set({ declaredFlows: this.declaredFlows });
    after(this.resource, flow);
  }

  /** Lets this platform send its own test as well. */
  addPlugin(plugin: SmtpPlugin<never>): void {
    const { system, id, fingerprint } = plugin.bound;
    const { provider } = plugin.resource;
    if (this.via.length > 0 && provider !== this.resource.provider)
      throw new ProblemError(pluginsOfTwoProviders(plugin.name));
    // The systems' own tests run with the settings of the provider that the test belongs to.
    this.resource.provider = provider ?? this.resource.provider;
    const title = `plugin ${plugin.name}`;
    // Systems may use the same title.
    this.triggers[title in this.triggers ? `${title} (${plugin.node.id})` : title] = `${id}: ${fingerprint}`;
    this.via.push({ system, id });
    this.resource.set({ via: this.via });
    after(this.resource, plugin);
  }

  /** Runs the test after this route, and again when it changes. */
  addRoute(route: AlertRoute<never>): void {
    // The text of version 0.1.0: another one would repeat the test although nothing but this package has changed.
    this.triggers[`route ${formerPath(route)}`] = route.fingerprint;
    after(this.resource, route);
  }

  /** Sends the test mail to these as well. */
  addReceivers(...receivers: readonly Receiver[]): void {
    this.tested = checkReceivers([...this.tested, ...receivers]);
    this.writeReceivers();
  }

  /** Runs the test after any other dependency. */
  addDependency(...others: readonly ITerraformDependable[]): void {
    after(this.resource, ...others);
  }

  /** The result of the test and where it ran, as a token. */
  get verdict(): string {
    return this.resource.verdict;
  }

  /** The result for each receiver, as a token: a list of `address`, `status`, `reply`, `attempts` and `remedy`. */
  get receivers(): IResolvable {
    return this.resource.receivers;
  }

  /** The beginning of the validity of the server's certificate, in UTC (RFC 3339), as a token; null when none was seen. */
  get certificateValidFrom(): string {
    return this.resource.certificateValidFrom;
  }

  /** The expiry of the server's certificate, in UTC (RFC 3339), as a token; null when none was seen. */
  get certificateExpiresAt(): string {
    return this.resource.certificateExpiresAt;
  }

  /**
   * The place where the mail arrived, as a token: `folder`, `junk` and `latency_ms`; null when it was not searched. Of
   * several mailboxes, the first.
   */
  get arrival(): IResolvable {
    return this.resource.arrival;
  }

  /**
   * The mailboxes in which the mail arrived, as a token: a list of `receiver`, `folder`, `junk` and `latency_ms`; null when
   * none was searched.
   */
  get arrivals(): IResolvable {
    return this.resource.arrivals;
  }

  private writeReceivers(): void {
    // Sorted, so that the order in which they are named changes nothing.
    this.triggers["receivers"] = this.tested
      .map(({ address }) => address)
      .sort()
      .join(", ");
    this.resource.set({ to: this.tested.map(({ address }) => address) });
  }
}

/** The shape of the test's options, which AlertMail.testAfterDeploy takes, too. */
export const TEST_OPTIONS: Shape<PostDeployTestOptions> = {
  rerun: optional("string"),
  rerunAfter: optional("string"),
  fallback: optional("boolean"),
  onFailure: optional("string"),
  timeoutSeconds: optional("number"),
  subject: optional("string"),
  arrival: optional(MAILBOXES),
  alignment: optional("object"),
  dnsServers: optional("array"),
};
const TEST: Shape<PostDeployTestProps> = {
  ...TEST_OPTIONS,
  server: required(SMTP_SERVER),
  receivers: required("any"),
  flows: optional("array"),
  plugins: optional("array"),
  routes: optional("array"),
  provider: optional("object"),
};
