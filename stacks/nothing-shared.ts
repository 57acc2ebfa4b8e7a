import { TerraformBackend } from "cdktf";
import type { OutboundEnvironment, Platforms } from "./environment";
import type { OutboundAlertsStack } from "./outbound-alerts-stack";
import { sharedObject, sharedState } from "./split-errors";

/**
 * Refuses objects that two stacks declare: whichever deletes one deletes it for both. Within one stack, the synth checks
 * this itself.
 */
export function refuseSharedObjects(parts: ReadonlyMap<string, Platforms>, { provider }: OutboundEnvironment): void {
  const first = new Map<string, { readonly part: string; readonly name: string }>();
  for (const [part, platforms] of parts) {
    for (const [name, { service, server, plugin, vrops = provider?.vrops }] of Object.entries(platforms)) {
      const flow =
        service === undefined
          ? []
          : [`the flow of ${service} to ${server.destination?.address ?? server.host}:${server.port.number}`];
      for (const object of [...flow, `the plugin "${plugin}" of ${vrops?.url ?? "the vROps that VROPS_URL names"}`]) {
        const other = first.get(object);
        if (other !== undefined && other.part !== part) throw sharedObject(object, other.name, name);
        first.set(object, { part, name });
      }
    }
  }
}

/** Refuses a state that two stacks share: each deployment of one would delete what the other has. */
export function refuseSharedState(stacks: readonly OutboundAlertsStack[]): void {
  const first = new Map<string, string>();
  for (const stack of stacks) {
    const backend = stack.node.children.find((one) => TerraformBackend.isBackend(one));
    if (backend === undefined) continue;
    const place = JSON.stringify((backend as TerraformBackend).toTerraform());
    const other = first.get(place);
    if (other !== undefined) throw sharedState(other, stack.node.id);
    first.set(place, stack.node.id);
  }
}
