terraform {
  required_providers {
    outbound = { source = "registry.terraform.io/cdktf-outbound/outbound" }
  }
}

# Made by hand, and it stays: nothing of it is managed. A near name is an error that names it.
data "outbound_uptrends_alert_definition" "oncall" {
  name = "Shop is down"
}

output "definition" {
  value = data.outbound_uptrends_alert_definition.oncall.id
}
