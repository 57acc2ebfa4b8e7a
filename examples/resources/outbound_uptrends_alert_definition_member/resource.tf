terraform {
  required_providers {
    outbound = { source = "registry.terraform.io/cdktf-outbound/outbound" }
  }
}

resource "outbound_uptrends_alert_definition" "oncall" {
  name = "Prod - on-call"
}

data "outbound_uptrends_monitor_group" "production" {
  name = "Production"
}

# Without a member, the definition would never alert.
resource "outbound_uptrends_alert_definition_member" "production_member" {
  alert_definition_id = outbound_uptrends_alert_definition.oncall.id
  monitor_group_id    = data.outbound_uptrends_monitor_group.production.id
}
