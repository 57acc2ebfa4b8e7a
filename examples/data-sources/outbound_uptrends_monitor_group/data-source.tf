terraform {
  required_providers {
    outbound = { source = "registry.terraform.io/cdktf-outbound/outbound" }
  }
}

data "outbound_uptrends_monitor_group" "production" {
  name = "Production"
}

output "monitor_group" {
  value = data.outbound_uptrends_monitor_group.production.id
}
