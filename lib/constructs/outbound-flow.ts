import type { Construct } from "constructs";
import { ProblemError } from "../core/problem";
import type { ITerraformDependable, TerraformResource } from "./cdktf";
import { DESTINATION, type Destination } from "./destination";
import { flowNeedsAddress } from "./errors";
import { checkOptions, optional, required, type Shape } from "./options";
import { MAIN, Noun } from "./noun";
import { after } from "./order";
import { PORT, Port } from "./port";
import { SmtpServer } from "./smtp-server";
import { checkFlowTarget, type FlowTarget } from "./target";
import { numberText } from "./text";

export interface OutboundFlowProps {
  /** The platform whose firewall is opened: `OvhVrops.service("pcc-192-0-2-10")`. */
  readonly through: FlowTarget;
  /** The server that the flow leads to, or any other destination. */
  readonly to: SmtpServer | { readonly destination: Destination; readonly port: number | Port };
  /** @default names alert mail as the purpose, and the server */
  readonly description?: string;
  /** @default none */
  readonly dependsOn?: readonly ITerraformDependable[];
}

/**
 * An opening in a platform's outbound firewall, to one address and port.
 *
 * @example
 * new OutboundFlow(this, "flow", { through: OvhVrops.service("pcc-192-0-2-10"), to: relay });
 * @throws `constructs/flow-needs-an-address` when the server was declared without `ip`.
 */
export class OutboundFlow extends Noun {
  readonly resource: TerraformResource;
  readonly destination: Destination;
  readonly port: Port;
  /** The platform's name. */
  readonly through: string;
  /** The flow's id, as a token. */
  readonly flowId: string;

  constructor(scope: Construct, id: string, props: OutboundFlowProps) {
    super(scope, id);
    checkOptions("OutboundFlow", props, FLOW, [this.node.path]);
    const { through, to, description, dependsOn } = props;
    checkFlowTarget(through);
    if (!(to instanceof SmtpServer)) checkOptions("OutboundFlow", to, TO, [this.node.path, "to"]);
    this.destination = destinationOf(to);
    this.port = Port.of(to.port);
    this.through = through.name;
    const bound = through.bindFlow(this, MAIN, {
      destination: this.destination,
      port: this.port,
      description: description ?? (to instanceof SmtpServer ? `alert mail to ${to.host}` : "alert mail"),
    });
    this.resource = bound.resource;
    this.flowId = bound.id;
    after(this.resource, ...(dependsOn ?? []));
  }

  /** `203.0.113.25:587` */
  get endpoint(): string {
    return `${this.destination.address}:${numberText(this.port.number)}`;
  }
}

function destinationOf(to: OutboundFlowProps["to"]): Destination {
  const { destination } = to;
  if (destination === undefined) throw new ProblemError(flowNeedsAddress(to instanceof SmtpServer ? to.host : "it"));
  return destination;
}

const FLOW: Shape<OutboundFlowProps> = {
  through: required("any"),
  to: required("object"),
  description: optional("string"),
  dependsOn: optional("array"),
};
const TO: Shape<Exclude<OutboundFlowProps["to"], SmtpServer>> = {
  destination: required(DESTINATION),
  port: required(PORT),
};
