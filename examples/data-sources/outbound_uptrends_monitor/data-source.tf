terraform {
  required_providers {
    outbound = { source = "registry.terraform.io/cdktf-outbound/outbound" }
  }
}

data "outbound_uptrends_monitor" "shop" {
  name = "Shop"
}

output "monitor" {
  value = data.outbound_uptrends_monitor.shop.id
}
