import { bool, defineSchema, listOf, string } from "../../terraform-plugin/schema";
import { timeouts } from "../../terraform-plugin/timeouts";
import { serviceName } from "./service-name";

/** The vROps option of a Hosted Private Cloud, as the OVHcloud API describes it. */
export const vropsSchema = defineSchema({
  type: "outbound_ovh_vrops",
  description:
    "The vROps (VMware Aria Operations) that OVHcloud hosts with a Hosted Private Cloud: whether it is switched on, where it is, and the public address to allow on the SMTP server's side.",
  attributes: {
    id: string("computed", { description: "The service name." }),
    service_name: string("required", {
      description: "The Hosted Private Cloud, such as `pcc-192-0-2-10`.",
      validators: [serviceName],
    }),
    state: string("computed", {
      description: "`enabled`, `disabled`, `enabling`, `disabling`, `migrating`, `error` or `unknown`.",
    }),
    enabled: bool("computed", { description: "True when `state` is `enabled`: flows can be opened." }),
    url: string("computed", {
      description: "The address of vROps in the browser; null while OVHcloud does not tell it.",
    }),
    public_ip: string("computed", {
      description:
        "The address from which vROps reaches the outside: allow it on the SMTP server's firewall. Null while OVHcloud does not tell it.",
    }),
    version: string("computed", { description: "The version of vROps; null while OVHcloud does not tell it." }),
    upgrades: listOf("string", "computed", { description: "The versions vROps can be upgraded to." }),
    timeouts: timeouts({}),
  },
});

export type VropsSchema = typeof vropsSchema;
