terraform {
  required_providers {
    outbound = { source = "registry.terraform.io/cdktf-outbound/outbound" }
  }
}

# Made once by hand: the Uptrends API cannot create integrations.
data "outbound_uptrends_integration" "alertops" {
  name = "AlertOps - prod"
  type = "GenericWebhook"
}

output "integration" {
  value = data.outbound_uptrends_integration.alertops.id
}
