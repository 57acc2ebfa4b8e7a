import type { DataSource, Resource } from "../../terraform-plugin/resource";
import type { System } from "../kit/system";
import type { OvhVropsClient } from "./client";
import { flowResource } from "./flow.resource";
import { inventory } from "./inventory";
import { EVERYWHERE } from "../kit/realm";
import { environment, settings } from "./settings";
import { vropsData } from "./vrops.data";
import { topology } from "./topology";

/** The OVHcloud API, for the firewall in front of a hosted vROps. */
export const ovhVrops: System<typeof settings, OvhVropsClient, "ovh"> = {
  name: "ovh",
  title: "OVHcloud API",
  settings,
  environment,
  // Names of services are unique in the whole world.
  realm: EVERYWHERE,
  // The client checks answers with a library that takes a while to load: not before it is needed.
  connect: async (given, runtime) => (await import("./connect")).connect(given, runtime),
  prepare: (client) => client.prepare(),
  resources: [flowResource as Resource],
  dataSources: [vropsData as DataSource],
  topology,
  inventory,
  simulator: async () => (await import("./simulator")).createOvhSimulator,
};
