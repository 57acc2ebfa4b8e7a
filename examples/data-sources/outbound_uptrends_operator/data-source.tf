terraform {
  required_providers {
    outbound = { source = "registry.terraform.io/cdktf-outbound/outbound" }
  }
}

data "outbound_uptrends_operator" "jane" {
  name = "Jane Doe"
}

output "operator" {
  value = data.outbound_uptrends_operator.jane.id
}
