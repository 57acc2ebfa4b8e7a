import { Construct } from "constructs";
import { ProblemError } from "../core/problem";
import { AlertRoute, type AlertRouteProps } from "./alert-route";
import { Token, type ITerraformDependable } from "./cdktf";
import { alreadyThere, fallbackIsTheFirst, needsAnId, nothingDeclared, secondOfItsKind } from "./alert-mail.errors";
import { formerly } from "./former-id";
import { inOneLibrary } from "./one-library";
import { checkOptions, optional, required, type Shape } from "./options";
import { after } from "./order";
import { OutboundFlow } from "./outbound-flow";
import { PostDeployTest, TEST_OPTIONS, type PostDeployTestOptions } from "./post-deploy-test";
import { checkReceivers, type Receiver } from "./receiver";
import { SmtpPlugin } from "./smtp-plugin";
import { SMTP_SERVER, type SmtpServer } from "./smtp-server";
import { checkFlowTarget, checkPluginTarget, type FlowTarget, type PluginTarget } from "./target";

export interface AlertMailProps {
  /** The SMTP server that sends the alerts. */
  readonly server: SmtpServer;
  /** The receivers of the alerts, unless a platform is given others; at least one. */
  readonly receivers: readonly Receiver[];
  /**
   * A second relay, ideally at another provider. `outbound reconcile detect --notify mail` notifies the receivers through it
   * when alert mail does not get through. It is tested after each deployment that changes it. Alerts are never sent through
   * it.
   *
   * @default none: only the other channels of `--notify` are used
   */
  readonly fallback?: SmtpServer;
}

export interface ThroughOptions {
  /** Part of the flow's Terraform address: a change replaces the flow. @default the platform's name */
  readonly id?: string;
  /** @default names alert mail as the purpose, and the server */
  readonly description?: string;
}

export interface IntoOptions<Alerts> {
  /**
   * Part of the Terraform addresses: a change replaces plugin and route. A second plugin of one system in one AlertMail
   * needs one.
   *
   * @default the system: a new name of the plugin replaces nothing
   */
  readonly id?: string;
  /** The alerts to send, in the platform's own terms. @default all of them */
  readonly alerts?: Alerts;
  /** @default those of the AlertMail */
  readonly receivers?: readonly Receiver[];
  /** The route's name in the platform. @default `Alerts via` and the plugin's name */
  readonly routeName?: string;
  /**
   * Several routes, each under a name that becomes part of its Terraform address; replaces `alerts` and `receivers`.
   *
   * @default one route: the receivers get the alerts
   */
  readonly routes?: Readonly<Record<string, RouteOptions<Alerts>>>;
}

export interface RouteOptions<Alerts> {
  /** At least one. */
  readonly receivers: readonly Receiver[];
  /** @default all of them */
  readonly alerts?: Alerts;
  /** The route's name in the platform. @default the key, `via` and the plugin's name */
  readonly name?: string;
}

/** The keys that distinguish the plugins and routes of an AlertMail: the present ones, and those of version 0.1.0. */
interface Keys {
  readonly key: string;
  readonly formerKey: string;
}

/**
 * The complete alert mail of a stack in a few lines: it combines {@link OutboundFlow}, {@link SmtpPlugin},
 * {@link AlertRoute} and {@link PostDeployTest} in the right order.
 *
 * @example
 * const alerts = new AlertMail(this, "alerts", { server: relay, receivers: [Receiver.email("oncall@example.com")] });
 * alerts.through(OvhVrops.service("pcc-192-0-2-10"));
 * alerts.into(Vrops.standardEmail({ name: "Prod SMTP" }));
 * alerts.testAfterDeploy();
 */
export class AlertMail extends Construct implements ITerraformDependable {
  readonly server: SmtpServer;
  readonly receivers: readonly Receiver[];
  readonly flows: OutboundFlow[] = [];
  readonly plugins: SmtpPlugin<never>[] = [];
  readonly routes: AlertRoute<never>[] = [];
  /** The test of the second relay, where there is one. */
  readonly fallback: PostDeployTest | undefined;
  /** Set by {@link testAfterDeploy}. */
  test: PostDeployTest | undefined;

  constructor(scope: Construct, id: string, props: AlertMailProps) {
    super(inOneLibrary(scope), id);
    checkOptions("AlertMail", props, MAIL, [this.node.path]);
    this.server = props.server;
    this.receivers = checkReceivers(props.receivers);
    this.fallback = this.testOf(props.fallback);
  }

  /**
   * Opens the platform's firewall to the server, before any plugin is set up.
   *
   * @throws `constructs/flow-needs-an-address` when the server was declared without `ip`.
   */
  through(target: FlowTarget, options: ThroughOptions = {}): OutboundFlow {
    checkFlowTarget(target);
    checkOptions("through", options, THROUGH, [this.node.path]);
    const id = this.childId("flow", options.id ?? target.name);
    const flow = new OutboundFlow(this, id, { through: target, to: this.server, description: options.description });
    this.flows.push(flow);
    for (const plugin of this.plugins) after(plugin.resource, flow);
    this.test?.addFlow(flow);
    return flow;
  }

  /** Makes the platform send its alerts through the server, to the receivers. */
  into<Alerts>(target: PluginTarget<Alerts>, options: IntoOptions<Alerts> = {}): SmtpPlugin<Alerts> {
    checkPluginTarget(target);
    checkOptions("into", options, INTO, [this.node.path]);
    for (const [key, route] of Object.entries(options.routes ?? {})) {
      checkOptions("into", route, ROUTE, [this.node.path, "routes", key]);
    }
    const plugin = new SmtpPlugin<Alerts>(this, this.pluginId(target, options.id), {
      into: target,
      server: this.server,
      dependsOn: this.flows,
    });
    const key = options.id ?? target.kind;
    // Version 0.1.0 derived the address from the name.
    const formerKey = options.id ?? target.name;
    formerly(plugin, `plugin-${formerKey}`);
    // The type of the alerts is erased in a list of all plugins: TypeScript has no type for "of some `Alerts`".
    const anyPlugin = plugin as unknown as SmtpPlugin<never>;
    this.plugins.push(anyPlugin);
    this.test?.addPlugin(anyPlugin);
    if (plugin.routes) this.addRoutes(plugin, { key, formerKey }, options);
    // Some platforms choose the receivers of all alerts themselves: then the receivers can only be checked.
    else plugin.bound.watchReceivers?.(plugin, "receivers", checkReceivers(options.receivers ?? this.receivers));
    return plugin;
  }

  /**
   * Sends a test mail after each deployment that changes something here. What is added later is tested as well.
   *
   * @throws `constructs/declared-twice` when called a second time.
   */
  testAfterDeploy(options: PostDeployTestOptions = {}): PostDeployTest {
    checkOptions("testAfterDeploy", options, TEST_OPTIONS, [this.node.path]);
    if (this.test !== undefined) throw new ProblemError(alreadyThere("The test", "test"));
    this.test = new PostDeployTest(this, "test", {
      ...options,
      server: this.server,
      receivers: [...this.receivers, ...this.routes.flatMap(({ receivers }) => receivers)],
      flows: this.flows,
      plugins: this.plugins,
      routes: this.routes,
    });
    return this.test;
  }

  /** Depends on the test, if there is one: a dependency on an AlertMail is a dependency on proven alerting. */
  get fqn(): string {
    const last = this.test ?? this.routes.at(-1) ?? this.plugins.at(-1) ?? this.flows.at(-1);
    if (last === undefined) throw new ProblemError(nothingDeclared(this.node.path));
    return last.fqn;
  }

  private testOf(second: SmtpServer | undefined): PostDeployTest | undefined {
    if (second === undefined) return undefined;
    const { server, receivers } = this;
    if (second.host === server.host && second.port === server.port)
      throw new ProblemError(fallbackIsTheFirst(second.host));
    return new PostDeployTest(this, "fallback", {
      server: second,
      receivers,
      fallback: true,
      subject: "Second relay test",
    });
  }

  private addRoutes<Alerts>(plugin: SmtpPlugin<Alerts>, keys: Keys, options: IntoOptions<Alerts>): void {
    const { receivers = this.receivers, alerts, routes, routeName } = options;
    if (routes === undefined) {
      this.addRoute(keys, { plugin, receivers, alerts, name: routeName ?? `Alerts via ${plugin.name}` });
      return;
    }
    for (const [of, route] of Object.entries(routes)) {
      const { key, formerKey } = keys;
      this.addRoute(
        { key: `${key}-${of}`, formerKey: `${formerKey}-${of}` },
        { ...route, plugin, name: route.name ?? `${of} via ${plugin.name}` },
      );
    }
  }

  private addRoute<Alerts>({ key, formerKey }: Keys, props: AlertRouteProps<Alerts>): void {
    // The type of the alerts is erased, as with plugins.
    const route = new AlertRoute<Alerts>(this, this.childId("route", key), props) as unknown as AlertRoute<never>;
    formerly(route, `route-${formerKey}`);
    this.routes.push(route);
    this.test?.addRoute(route);
    this.test?.addReceivers(...route.receivers);
  }

  /** The id of a plugin comes from its kind, never from its name: a renamed plugin stays the same plugin. */
  private pluginId({ kind, name }: PluginTarget<never>, id: string | undefined): string {
    const first = this.plugins.find(({ node }) => node.id === `plugin-${kind}`);
    if (id === undefined && first !== undefined && first.name !== name) {
      throw new ProblemError(secondOfItsKind(kind, Token.isUnresolved(name) ? undefined : name));
    }
    return this.childId("plugin", id ?? kind);
  }

  /** Ids come from names, never from positions, so that addresses stay when the order changes. */
  private childId(kind: string, name: string): string {
    if (Token.isUnresolved(name)) throw new ProblemError(needsAnId(kind));
    const id = `${kind}-${name}`;
    if (this.node.tryFindChild(id) !== undefined) throw new ProblemError(alreadyThere(`The ${kind}`, name));
    return id;
  }
}

const MAIL: Shape<AlertMailProps> = {
  server: required(SMTP_SERVER),
  receivers: required("any"),
  fallback: optional(SMTP_SERVER),
};
const THROUGH: Shape<ThroughOptions> = { id: optional("string"), description: optional("string") };
const INTO: Shape<IntoOptions<unknown>> = {
  id: optional("string"),
  alerts: optional("object"),
  receivers: optional("any"),
  routeName: optional("string"),
  routes: optional("object"),
};
const ROUTE: Shape<RouteOptions<unknown>> = {
  receivers: required("any"),
  alerts: optional("object"),
  name: optional("string"),
};
