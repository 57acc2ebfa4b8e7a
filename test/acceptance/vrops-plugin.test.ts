import { climbs } from "./support/ladder";
import { pluginsIn } from "./support/vrops-state";

const plugin =
  (folder: string, type = "Log File") =>
  (): string => `
resource "outbound_vrops_plugin" "this" {
  plugin_type_id = "${type}"
  name           = "Alert log"
  config_values  = ${folder}
}`;

describe("outbound_vrops_plugin", () => {
  climbs({
    address: "outbound_vrops_plugin.this",
    created: plugin('{ "output_folder" = "/var/log/alerts" }'),
    updated: plugin('{ "output_folder" = "/var/log/alerts2" }'),
    replaced: plugin('{ "destination_addr" = "203.0.113.9" }', "SNMP Trap"),
    changeOutside: (sandbox, { id }) => sandbox.intervene("vrops", "disable-plugin", { id }),
    removeOutside: (sandbox, { id }) => sandbox.intervene("vrops", "delete-plugin", { id }),
    leftovers: pluginsIn,
  });
});
