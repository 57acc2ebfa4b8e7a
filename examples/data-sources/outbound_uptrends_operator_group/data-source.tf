terraform {
  required_providers {
    outbound = { source = "registry.terraform.io/cdktf-outbound/outbound" }
  }
}

data "outbound_uptrends_operator_group" "noc" {
  name = "NOC"
}

output "operator_group" {
  value = data.outbound_uptrends_operator_group.noc.id
}
