terraform {
  required_providers {
    outbound = { source = "registry.terraform.io/cdktf-outbound/outbound" }
  }
}

resource "outbound_uptrends_alert_definition" "oncall" {
  name = "Prod - on-call"
}

data "outbound_uptrends_operator_group" "noc" {
  name = "NOC"
}

resource "outbound_uptrends_escalation_level_member" "noc_member" {
  alert_definition_id = outbound_uptrends_alert_definition.oncall.id
  level               = 1
  operator_group_id   = data.outbound_uptrends_operator_group.noc.id
}
