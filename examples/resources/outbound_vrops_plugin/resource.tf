terraform {
  required_providers {
    outbound = { source = "registry.terraform.io/cdktf-outbound/outbound" }
  }
}

# Every type of plugin, by the names of its own settings: here traps for a network management station.
resource "outbound_vrops_plugin" "traps" {
  plugin_type_id = "SNMP Trap"
  name           = "Traps to the NOC"
  description    = "For the network management station"
  config_values = {
    destination_addr = "203.0.113.9"
  }
}
