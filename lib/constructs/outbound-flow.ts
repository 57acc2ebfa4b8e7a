import type { Construct } from "constructs";
import { ProblemError } from "../core/problem";
import type { ITerraformDependable, TerraformResource } from "./cdktf";
import type { Destination } from "./destination";
import { flowNeedsAddress } from "./errors";
import { MAIN, Noun } from "./noun";
import { after } from "./order";
import { Port } from "./port";
import { SmtpServer } from "./smtp-server";
import type { FlowTarget } from "./target";

export interface OutboundFlowProps {
  /** The platform whose firewall is opened: `OvhVrops.service("pcc-192-0-2-10")`. */
  readonly through: FlowTarget;
  /** The server it is opened to, or any other destination. */
  readonly to: SmtpServer | { readonly destination: Destination; readonly port: number | Port };
  /** @default says that it is for alert mail, and to which server */
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

  constructor(scope: Construct, id: string, { through, to, description, dependsOn }: OutboundFlowProps) {
    super(scope, id);
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
    return `${this.destination.address}:${this.port.number}`;
  }
}

function destinationOf(to: OutboundFlowProps["to"]): Destination {
  const { destination } = to;
  if (destination === undefined) throw new ProblemError(flowNeedsAddress(to instanceof SmtpServer ? to.host : "it"));
  return destination;
}
