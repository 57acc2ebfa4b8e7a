terraform {
  required_providers {
    outbound = { source = "registry.terraform.io/cdktf-outbound/outbound" }
  }
}

resource "outbound_uptrends_alert_definition" "oncall" {
  name    = "Prod - on-call"
  enabled = true
}
