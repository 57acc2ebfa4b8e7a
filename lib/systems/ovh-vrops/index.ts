import type { DataSource, Resource } from "../../terraform-plugin/resource";
import type { System } from "../kit/system";
import type { OvhVropsClient } from "./client";
import { flowResource } from "./flow.resource";
import { inventory } from "./inventory";
import { ovhSettings } from "./settings";
import { vropsData } from "./vrops.data";
import { topology } from "./topology";

/** The OVHcloud API, for the firewall in front of a hosted vROps. */
export const ovhVrops: System<typeof ovhSettings, OvhVropsClient, "ovh"> = {
  name: "ovh",
  title: "OVHcloud API",
  settings: ovhSettings,
  // The client checks answers with a library that takes a while to load: not before it is needed.
  connect: async (settings, runtime) => (await import("./connect")).connect(settings, runtime),
  prepare: (client) => client.prepare(),
  resources: [flowResource as Resource],
  dataSources: [vropsData as DataSource],
  topology,
  inventory,
  simulator: async () => (await import("./simulator")).createOvhSimulator,
};
