import { PROVIDER_SOURCE, PROVIDER_VERSION } from "../lib/package/identity";
import type { StateResource } from "./state-file";

export const SERVICE = "pcc-192-0-2-10";
const PORT = 587;
/** A different address for each `count.index`, as terraform evaluates it. */
const ADDRESS = "10.0.${floor(count.index / 250)}.${count.index % 250}";
/** The same. */
export const addressOf = (index: number): string => `10.0.${Math.floor(index / 250)}.${index % 250}`;

export const REQUIREMENT = `terraform {
  required_providers {
    outbound = { source = "${PROVIDER_SOURCE}", version = "${PROVIDER_VERSION}" }
  }
}`;

/** So many flows of one service, from one block. */
export const flowConfiguration = (count: number, service = SERVICE): string => `${REQUIREMENT}
resource "outbound_ovh_vrops_flow" "flow" {
  count        = ${count}
  service_name = "${service}"
  ip           = "${ADDRESS}"
  port         = ${PORT}
}`;

/** As many of Terraform's own in-process resources, holding what the flows hold: the baseline. */
export const dataConfiguration = (count: number): string => `resource "terraform_data" "flow" {
  count = ${count}
  input = {
    service_name = "${SERVICE}"
    ip           = "${ADDRESS}"
    port         = ${PORT}
  }
}`;

/** What the simulated OVHcloud begins with: the flows that the state speaks of. */
export const seededServices = (count: number, services: readonly string[] = [SERVICE]) => ({
  services: services.map((name) => ({
    name,
    flows: upTo(count).map((index) => ({ ip: addressOf(index), port: PORT })),
  })),
});

/** @param ids the ids of the flows, in their order */
export const flowState = (ids: readonly string[]): StateResource => ({
  type: "outbound_ovh_vrops_flow",
  name: "flow",
  counted: true,
  instances: ids.map((id, index) => flowAttributes(id, index)),
});

export function flowAttributes(id: string, index: number): Readonly<Record<string, unknown>> {
  const [service, number] = id.split("/");
  return {
    adopt_existing: false,
    description: "",
    flow_id: Number(number),
    id,
    ip: addressOf(index),
    port: PORT,
    service_name: service,
    state: "delivered",
    timeouts: null,
  };
}

export function dataState(count: number): StateResource {
  const type = ["object", { ip: "string", port: "number", service_name: "string" }];
  return {
    type: "terraform_data",
    name: "flow",
    counted: true,
    instances: upTo(count).map((index) => {
      const held = { value: { ip: addressOf(index), port: PORT, service_name: SERVICE }, type };
      return {
        id: `00000000-0000-4000-8000-${String(index).padStart(12, "0")}`,
        input: held,
        output: held,
        triggers_replace: null,
      };
    }),
  };
}

export const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index);
