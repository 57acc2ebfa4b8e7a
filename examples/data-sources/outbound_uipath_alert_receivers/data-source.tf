terraform {
  required_providers {
    outbound = { source = "registry.terraform.io/cdktf-outbound/outbound" }
  }
}

# UiPath decides itself who gets its alerts: the plan warns when one of these would not.
data "outbound_uipath_alert_receivers" "tenant" {
  expected = ["oncall@example.com"]
}

output "receivers" {
  value = data.outbound_uipath_alert_receivers.tenant.receivers
}
