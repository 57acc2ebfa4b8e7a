terraform {
  required_providers {
    outbound = { source = "registry.terraform.io/cdktf-outbound/outbound" }
  }
}

resource "outbound_uptrends_alert_definition" "oncall" {
  name = "Prod - on-call"
}

# The first level alerts after two errors in a row.
resource "outbound_uptrends_escalation_level" "first" {
  alert_definition_id   = outbound_uptrends_alert_definition.oncall.id
  level                 = 1
  enabled               = true
  mode                  = "AlertOnErrorCount"
  threshold_error_count = 2
}
