import { App, TerraformStack } from "cdktf";
import { OutboundProvider, VropsPlugin } from "cdktf-provider-outbound";

const app = new App();
const stack = new TerraformStack(app, "example");
new OutboundProvider(stack, "outbound");

// Every type of plugin, by the names of its own settings: here traps for a network management station.
new VropsPlugin(stack, "traps", {
  pluginTypeId: "SNMP Trap",
  name: "Traps to the NOC",
  description: "For the network management station",
  configValues: { destination_addr: "203.0.113.9" },
});

app.synth();
