import { bool, defineSchema, number, string, type StateOf } from "../../terraform-plugin/schema";
import { timeouts } from "../../terraform-plugin/timeouts";
import { ipv4, smtpPort } from "../../validators";
import { recommendedPort } from "./recommended-port";
import { serviceName } from "./service-name";

/**
 * The default time-out. OVHcloud documents no duration for flows; other options of the same product take up to half an hour.
 */
const DEFAULT_TIMEOUT = "30m";

/**
 * One outgoing firewall flow of a hosted vROps.
 *
 * @see https://github.com/ovh/docs (pages/hosted_private_cloud/hosted_private_cloud_powered_by_vmware/vrops_monitoring_by_smtp)
 */
export const flowSchema = defineSchema({
  type: "outbound_ovh_vrops_flow",
  description:
    "An outgoing flow of the vROps (VMware Aria Operations) that OVHcloud hosts with a Hosted Private Cloud: it lets vROps reach one address on one SMTP port. " +
    "Opening, changing and closing a flow are tasks on OVHcloud's side; the resource waits for them and then checks the flow itself.",
  identity: { attributes: ["service_name", "ip", "port"], twins: false },
  importIdentity: { forms: [["service_name", "flow_id"]] },
  attributes: {
    id: string("computed", { description: "`<service_name>/<flow_id>`; also the import id.", keep: true }),
    service_name: string("required", {
      description: "The Hosted Private Cloud, such as `pcc-192-0-2-10`. A change replaces the flow.",
      validators: [serviceName],
      replace: true,
    }),
    ip: string("required", {
      description: "The IPv4 address of the SMTP server. A change replaces the flow.",
      validators: [ipv4],
      replace: true,
    }),
    port: number("required", {
      description:
        "The TCP port of the SMTP server: 587, the only one that OVHcloud's guide recommends, or 25, 465 or 2525, which its API allows as well. A change replaces the flow.",
      validators: [smtpPort],
      replace: true,
    }),
    description: string("optional", {
      description: "What the flow is for; shown in the OVHcloud control panel. Changed in place.",
      default: "",
    }),
    adopt_existing: bool("optional", {
      description:
        "Take over a flow to the same address and port that already exists with another description, instead of failing. A flow that is equal in everything is always taken over.",
      default: false,
    }),
    flow_id: number("computed", { description: "OVHcloud's number of the flow.", keep: true }),
    state: string("computed", {
      description:
        "OVHcloud's state of the flow: `delivered` when it is open. A flow found in `error`, or being closed, is replaced by the next apply.",
    }),
    timeouts: timeouts({ create: DEFAULT_TIMEOUT, update: DEFAULT_TIMEOUT, delete: DEFAULT_TIMEOUT }),
  },
  // A note for whoever opens the flow; nobody wants to read it in every plan.
  creationChecks: [recommendedPort],
});

export type FlowSchema = typeof flowSchema;
export type FlowState = StateOf<FlowSchema>;
