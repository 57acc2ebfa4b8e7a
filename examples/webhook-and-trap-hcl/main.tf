terraform {
  required_version = ">= 1.11"
  required_providers {
    outbound = {
      source  = "registry.terraform.io/cdktf-outbound/outbound"
      version = "0.1.0"
    }
  }
}

# Addresses and keys come from UIPATH_... and VROPS_... variables.
provider "outbound" {}

variable "signing_key" {
  type        = string
  description = "What UiPath signs its calls with."
  ephemeral   = true
}

# Jobs that fail call the on-call service.
resource "outbound_uipath_webhook" "faults" {
  name      = "Faults to on-call"
  url       = "https://alerts.example.com/uipath"
  events    = ["job.faulted", "robot.disconnected"]
  secret_wo = var.signing_key
}

# Every plugin type of vROps, by the names of its own settings: here traps for a network management station.
resource "outbound_vrops_plugin" "traps" {
  plugin_type_id = "SNMP Trap"
  name           = "Traps to the NOC"
  config_values = {
    destination_addr = "203.0.113.9"
  }
}
