import type { Construct } from "constructs";
import { check } from "../../constructs/check";
import { checkOptions, optional, type Shape } from "../../constructs/options";
import { PROVIDER_BLOCK, type ProviderBlock } from "../../constructs/provider-block";
import { dataSourceClass } from "../../constructs/data-source-class";
import { resourceClass } from "../../constructs/resource-class";
import type { PropsOf } from "../../constructs/props";
import type { BoundFlow, FlowRequest, FlowTarget } from "../../constructs/target";
import { flowSchema } from "./flow.schema";
import { serviceName as validServiceName } from "./service-name";
import { vropsSchema } from "./vrops.schema";

/** The `outbound_ovh_vrops_flow` resource by itself. */
export class OvhVropsFlow extends resourceClass(flowSchema) {}

/** The `outbound_ovh_vrops` data source: state, URL and public address of a hosted vROps. */
export class DataOvhVrops extends dataSourceClass(vropsSchema) {}

export interface OvhVropsOptions {
  /**
   * Takes over a flow to the same address and port that exists with another description, instead of failing.
   *
   * @default false
   */
  readonly adoptExisting?: boolean;
  /** The time-outs for opening and closing a flow, `{ create: "30m" }`. @default 30 minutes each */
  readonly timeouts?: PropsOf<typeof flowSchema>["timeouts"];
  /** @default the stack's OutboundProvider without an alias */
  readonly provider?: ProviderBlock;
}

const OPTIONS: Shape<OvhVropsOptions> = {
  adoptExisting: optional("boolean"),
  timeouts: optional("object"),
  provider: optional(PROVIDER_BLOCK),
};

/** The vROps (VMware Aria Operations) that OVHcloud hosts with a Hosted Private Cloud. */
export class OvhVrops {
  /**
   * The firewall of one Hosted Private Cloud's vROps, for OutboundFlow and AlertMail.
   *
   * @param serviceName such as `pcc-192-0-2-10`
   * @see https://github.com/ovh/docs (pages/hosted_private_cloud/hosted_private_cloud_powered_by_vmware/vrops_monitoring_by_smtp)
   */
  static service(serviceName: string, options: OvhVropsOptions = {}): FlowTarget {
    check(serviceName, "serviceName", validServiceName);
    checkOptions("OvhVrops.service", options, OPTIONS);
    return new OvhVropsFirewall(serviceName, options);
  }
}

class OvhVropsFirewall implements FlowTarget {
  constructor(
    readonly name: string,
    private readonly options: OvhVropsOptions,
  ) {}

  bindFlow(scope: Construct, id: string, { destination, port, description }: FlowRequest): BoundFlow {
    const resource = new OvhVropsFlow(scope, id, {
      serviceName: this.name,
      ip: destination.address,
      port: port.number,
      description,
      ...this.options,
    });
    return { resource, id: resource.id };
  }
}
