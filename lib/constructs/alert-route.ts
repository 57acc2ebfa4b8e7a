import type { Construct } from "constructs";
import { ProblemError } from "../core/problem";
import type { ITerraformDependable, TerraformResource } from "./cdktf";
import { noRoutes } from "./errors";
import { MAIN, Noun } from "./noun";
import { checkOptions, optional, required, type Shape } from "./options";
import { after } from "./order";
import { checkReceivers, type Receiver } from "./receiver";
import { SMTP_PLUGIN, type SmtpPlugin } from "./smtp-plugin";

export interface AlertRouteProps<Alerts> {
  /** The plugin that sends the alerts. */
  readonly plugin: SmtpPlugin<Alerts>;
  /** The receivers of the alerts; at least one. */
  readonly receivers: readonly Receiver[];
  /** The alerts to send, in the platform's own terms. @default all of them */
  readonly alerts?: Alerts;
  /** The name in the platform. @default made from the construct id and the plugin's name */
  readonly name?: string;
  /** @default none beside the plugin */
  readonly dependsOn?: readonly ITerraformDependable[];
}

/**
 * A route: which alerts go to whom.
 *
 * @example
 * new AlertRoute(this, "critical", {
 *   plugin,
 *   receivers: [Receiver.email("oncall@example.com")],
 *   alerts: { criticalities: ["CRITICAL", "IMMEDIATE"] },
 * });
 * @throws `constructs/no-receivers`, `constructs/no-routes` when the platform sends all its alerts the same way.
 */
export class AlertRoute<Alerts = unknown> extends Noun {
  readonly resource: TerraformResource;
  readonly receivers: readonly Receiver[];
  /** A description of the alerts and receivers. */
  readonly fingerprint: string;

  constructor(scope: Construct, id: string, props: AlertRouteProps<Alerts>) {
    super(scope, id);
    checkOptions("AlertRoute", props, ROUTE, [this.node.path]);
    const { plugin, alerts } = props;
    this.receivers = checkReceivers(props.receivers);
    const bound = plugin.bound.bindRoute?.(this, MAIN, {
      name: props.name ?? `${id} via ${plugin.name}`,
      receivers: this.receivers,
      alerts,
    });
    if (bound === undefined) throw new ProblemError(noRoutes(plugin.name));
    this.resource = bound.resource;
    this.fingerprint = `${bound.fingerprint} to ${this.receivers.map(String).join(", ")}`;
    after(this.resource, plugin, ...(props.dependsOn ?? []));
  }
}

const ROUTE: Shape<AlertRouteProps<unknown>> = {
  plugin: required(SMTP_PLUGIN),
  receivers: required("any"),
  alerts: optional("object"),
  name: optional("string"),
  dependsOn: optional("array"),
};
