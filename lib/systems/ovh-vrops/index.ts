import { defineDataSource, defineResource, defineSystem } from "../kit/define";
import { flowResource } from "./flow.resource";
import { inventory } from "./inventory";
import { ovhSettings } from "./settings";
import { vropsData } from "./vrops.data";
import { topology } from "./topology";
import { contracts } from "./vendor-contract";
import { flowWords } from "./flow.words";

/** The OVHcloud API, for the firewall in front of a hosted vROps. */
export const ovhVrops = defineSystem({
  name: "ovh",
  title: "OVHcloud API",
  settings: ovhSettings,
  // The client checks answers with a library that takes a while to load: load it on demand.
  connect: async (settings, runtime) => (await import("./connect")).connect(settings, runtime),
  prepare: (client) => client.prepare(),
  checkLogin: (client, signal) => client.checkLogin(signal),
  resources: [defineResource(flowResource, { words: flowWords, example: "ovh-vrops-smtp-hcl/main.tf" })],
  dataSources: [defineDataSource(vropsData)],
  platformTest: { none: "the OVHcloud API has no test call: that mail passes shows that the flow is open" },
  topology,
  inventory,
  contracts,
  // Nothing that vROps sends arrives unless its flow is open.
  demonstration: { shownBy: "vrops" },
  survey: async () => (await import("./survey")).survey,
  simulator: async () => (await import("./simulator")).createOvhSimulator,
});
